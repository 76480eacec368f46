import * as fs from 'node:fs';
import * as path from 'node:path';
import { readRequirements } from '../plan/declarations/requirements-file';
import { localPackageName, PACKAGE_METADATA_FILES } from '../plan/packaging/local-package';
import { normalizeName } from '../plan/packaging/package-name';

const textOf = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** The name that a folder's package writes down. */
const nameIn = (folder: string): string | null =>
  localPackageName(
    Object.fromEntries(
      PACKAGE_METADATA_FILES.flatMap((name) => {
        const text = textOf(path.join(folder, name));
        return text === undefined ? [] : [[name, text]];
      }),
    ),
  );

/**
 * The line of a requirements file that asks for a local package by its path; undefined where none does.
 *
 * @param file absolute path
 * @param folder absolute path of the folder that paths are seen from
 * @param name of the distribution
 */
export const localLine = (file: string, folder: string, name: string): number | undefined =>
  readRequirements(textOf(file) ?? '').find(
    (line) =>
      line._tag === 'LocalPackage' &&
      normalizeName(nameIn(path.resolve(folder, line.target)) ?? '') === normalizeName(name),
  )?.at.from;
