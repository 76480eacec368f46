import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Part } from '../store/part';
import { hasZip, isTreeWhole, treeOf, zipOf } from '../store/part';
import { unpackPartZip } from '../zip/unpack-part-zip';

/**
 * A folder with all files of a part. That is its tree or, if the tree has only metadata or lost files in a power cut, a
 * folder unpacked from its zip. Undefined if neither has the files that the part lists.
 *
 * @param temporary absolute path of a folder to unpack in
 */
export const wholeTree = (part: Part, temporary: string): string | undefined => {
  if (isTreeWhole(part)) return treeOf(part);
  if (!hasZip(part)) return undefined;
  const copy = { ...part, folder: path.join(temporary, 'unpacked') };
  fs.mkdirSync(copy.folder);
  fs.copyFileSync(zipOf(part), zipOf(copy), fs.constants.COPYFILE_FICLONE);
  return unpackPartZip(copy) === undefined ? treeOf(copy) : undefined;
};
