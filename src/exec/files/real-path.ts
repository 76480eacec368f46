import * as fs from 'node:fs';
import * as path from 'node:path';
import { relativePath, staysInside } from '../../plan/values/paths';

/** A path with its symbolic links resolved, as far as it exists. */
export const realPath = (file: string): string => {
  try {
    return fs.realpathSync.native(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realPath(parent), path.basename(file));
  }
};

/** A file's path relative to a folder, with `/` and links resolved; undefined if it lies outside. */
export const inside = (folder: string, file: string): string | undefined => {
  const relative = relativePath(realPath(folder), realPath(file));
  return relative !== '.' && staysInside(relative) ? relative : undefined;
};
