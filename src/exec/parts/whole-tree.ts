import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Part } from '../store/part';
import { hasZip, isTreeWhole, treeOf, zipOf } from '../store/part';
import { unpackPartZip } from '../zip/unpack-part-zip';

/**
 * A folder with all files of a part: its tree or, where that has the metadata alone or a power cut has taken files of it, one that is
 * unpacked from its zip. Undefined where neither has what the part says it has.
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
