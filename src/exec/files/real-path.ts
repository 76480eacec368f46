import * as fs from 'node:fs';
import * as path from 'node:path';
import { relativePath, staysInside } from '../../plan/values/paths';

/** A path without symbolic links, as far as it leads to something that is there. */
export const realPath = (file: string): string => {
  try {
    return fs.realpathSync.native(file);
  } catch {
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realPath(parent), path.basename(file));
  }
};

/** Where a file lies inside a folder, with `/`, whatever links the two paths go through; undefined if it does not. */
export const inside = (folder: string, file: string): string | undefined => {
  const relative = relativePath(realPath(folder), realPath(file));
  return relative !== '.' && staysInside(relative) ? relative : undefined;
};
