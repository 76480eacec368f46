import * as path from 'node:path';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { pathsOfPart } from '../../plan/packaging/local/named-places';
import type { InstallPlan } from '../../plan/model/install-plan';
import { readTextBytes } from './read-text';

/** A requirements file that was read. */
export interface RequirementFile {
  /** Its path as it was given, or resolved from the folder of the file that includes it. */
  readonly file: string;
  /** Undefined if it cannot be read. */
  readonly text: string | undefined;
}

const read = (file: string): string | undefined => {
  try {
    return readTextBytes(file).toString();
  } catch {
    return undefined;
  }
};

/** The text of a file; empty if it cannot be read. */
export const textOf = (file: string): string => read(file) ?? '';

/** The files in the lines `-r FILE` and `-c FILE` of a text. */
const includesOf = (text: string): readonly string[] =>
  readRequirements(text).flatMap((line) => (line._tag === 'Include' ? line.target : []));

/** pip also takes `file:` URLs. */
const pathOf = (named: string): string =>
  /^file:/i.test(named) ? (pathsOfPart(named, '')?.[0] ?? named) : named;

/** Requirements files and all files that they include: each once, and before the files that it includes. */
export const requirementFiles = (files: readonly string[]): readonly RequirementFile[] => {
  const all = new Map<string, RequirementFile>();
  const visit = (file: string): void => {
    if (all.has(file)) return;
    const text = read(file);
    all.set(file, { file, text });
    for (const name of includesOf(text ?? '')) visit(path.resolve(path.dirname(file), name));
  };
  for (const file of files) visit(pathOf(file));
  return [...all.values()];
};

/**
 * The texts of requirements files and of the files that they include.
 *
 * @param folder absolute path of the folder that the names are relative to
 */
export const requirementTexts = (folder: string, files: readonly string[]): readonly string[] =>
  requirementFiles(files.map((file) => path.join(folder, file))).map(({ text = '' }) => text);

/**
 * The texts of the requirements files of an install, from its gathered inputs.
 *
 * @param folders.input absolute path of the gathered inputs
 */
export const textsOfTask = ({
  install: { workingDirectory, requirements },
  folders,
}: {
  readonly install: Pick<InstallPlan, 'workingDirectory' | 'requirements'>;
  readonly folders: { readonly input: string };
}): readonly string[] => requirementTexts(path.join(folders.input, workingDirectory), requirements);
