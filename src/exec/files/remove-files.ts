import * as fs from 'node:fs';
import * as path from 'node:path';
import { foldersOf } from '../../plan/values/paths';
import { isThere } from './file-kind';

/**
 * Removes files of a tree, and the folders that are empty afterwards. A folder of the tree may be a link that leads out
 * of the tree: nothing is removed through it.
 *
 * @param files relative to the tree, with `/`
 */
export const removeFiles = (tree: string, files: readonly string[]): void => {
  const root = fs.realpathSync(tree);
  for (const file of files) {
    const target = path.join(tree, file);
    if (isThere(target) && isInside(root, path.dirname(target))) fs.rmSync(target, { force: true });
  }
  const folders = [...new Set(files.flatMap(foldersOf))].sort((a, b) => b.length - a.length);
  for (const folder of folders) {
    const place = path.join(tree, folder);
    const isFolder = fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder && isInside(root, place) && fs.readdirSync(place).length === 0) fs.rmdirSync(place);
  }
};

const isInside = (root: string, folder: string): boolean =>
  `${fs.realpathSync(folder)}${path.sep}`.startsWith(`${root}${path.sep}`);
