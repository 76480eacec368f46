import * as fs from 'node:fs';
import * as path from 'node:path';
import { foldersUpTo, relativePath } from '../../plan/values/paths';

/** What cannot be looked at is no file: no configuration names it. */
const isFile = (file: string): boolean => {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
};

/**
 * The files of given names in the folders above a package, relative to its folder. Folders of such a name are none of them: a
 * text may be anything.
 *
 * @param place the package's folder, and the folder that nothing is read outside of
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
