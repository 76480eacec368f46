import * as path from 'node:path';
import { gatheredTexts } from '../plan/declarations/gathered-texts';
import { readTextBytes } from './read-text';

/** The text of a file; nothing where it cannot be read. */
export const textOf = (file: string): string => {
  try {
    return readTextBytes(file).toString();
  } catch {
    return '';
  }
};

/**
 * The texts of requirements files, those that they include as well.
 *
 * @param folder absolute path of the folder that the names are seen from
 */
export const requirementTexts = (folder: string, files: readonly string[]): readonly string[] =>
  gatheredTexts({ requirements: files, workingDirectory: '.' }, (file) =>
    textOf(path.join(folder, file)),
  ).map(({ text }) => text);
