import * as path from 'node:path';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { pathsOfPart } from '../../plan/packaging/local/named-places';
import type { InstallPlan } from '../../plan/model/install-plan';
import { readTextBytes } from './read-text';

/** A requirements file that was read. */
export interface RequirementFile {
  /** As it is named, or as the file that includes it is seen from. */
  readonly file: string;
  /** Undefined where it cannot be read. */
  readonly text: string | undefined;
}

const read = (file: string): string | undefined => {
  try {
    return readTextBytes(file).toString();
  } catch {
    return undefined;
  }
};

/** The text of a file; nothing where it cannot be read. */
export const textOf = (file: string): string => read(file) ?? '';

/** What the lines `-r FILE` and `-c FILE` of a text name. */
const includesOf = (text: string): readonly string[] =>
  readRequirements(text).flatMap((line) => (line._tag === 'Include' ? line.target : []));

/** pip takes URLs of files as well. */
const pathOf = (named: string): string =>
  /^file:/i.test(named) ? (pathsOfPart(named, '')?.[0] ?? named) : named;

/** Requirements files and all that they include: each once, and before what it includes. */
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
 * The texts of requirements files, those that they include as well.
 *
 * @param folder absolute path of the folder that the names are seen from
 */
export const requirementTexts = (folder: string, files: readonly string[]): readonly string[] =>
  requirementFiles(files.map((file) => path.join(folder, file))).map(({ text = '' }) => text);

/**
 * The same of an install whose inputs are gathered.
 *
 * @param folders.input where they are
 */
export const textsOfTask = ({
  install: { workingDirectory, requirements },
  folders,
}: {
  readonly install: Pick<InstallPlan, 'workingDirectory' | 'requirements'>;
  readonly folders: { readonly input: string };
}): readonly string[] => requirementTexts(path.join(folders.input, workingDirectory), requirements);
