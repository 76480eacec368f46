import * as fs from 'node:fs';
import * as path from 'node:path';
import { foldersUpTo, relativePath } from '../../plan/values/paths';

/** Whether a path is a file; false if it may not be looked at. */
const isFile = (file: string): boolean => {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
};

/**
 * The files with given names in the folders above a package, relative to its folder. Folders with such a name do not
 * count: a name may be any text.
 *
 * @param place the package's folder, and the topmost folder to look into
 */
export const namedAbove = (
  names: readonly string[],
  { folder, within }: { readonly folder: string; readonly within: string },
): readonly string[] => {
  if (names.length === 0 || folder === within) return [];
  return foldersUpTo(path.dirname(folder), within).flatMap((above) =>
    names
      .map((name) => path.join(above, name))
      .filter(isFile)
      .map((file) => relativePath(folder, file)),
  );
};
