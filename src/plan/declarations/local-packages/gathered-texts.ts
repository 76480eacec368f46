import * as path from 'node:path';
import { isRemote } from '../../packaging/local/local-reference';
import { readRequirements } from '../lines/requirements-file';

/** A requirements file among the gathered inputs. */
export interface GatheredText {
  /** Path in the folder of the inputs. */
  readonly path: string;
  readonly text: string;
}

/**
 * The requirements files of an install and all files that they include, by any name. An include that is not among the
 * inputs is left out.
 *
 * @param read returns the text at a path in the folder of the inputs
 */
export const gatheredTexts = (
  {
    requirements,
    workingDirectory,
  }: { readonly requirements: readonly string[]; readonly workingDirectory: string },
  read: (file: string) => string | undefined,
): readonly GatheredText[] => {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    const text = found.has(file) ? undefined : read(file);
    if (text === undefined) return;
    found.set(file, text);
    for (const line of readRequirements(text))
      if (line._tag === 'Include' && !isRemote(line.target))
        visit(path.posix.join(path.posix.dirname(file), line.target));
  };
  for (const name of requirements) visit(path.posix.join(workingDirectory, name));
  return [...found].map(([file, text]) => ({ path: file, text }));
};
