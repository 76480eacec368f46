import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import type { Part, PartFile } from '../store/part';
import { hasZip, treeOf, zipOf } from '../store/part';
import { readAsPlanned } from '../install/read-as-planned';
import { readDirectory } from '../zip/zip-directory';
import { entriesOf, readZipEntry, sizeOfEntry } from '../zip/zip-entries';

/**
 * The content of a part's file, from its tree or, if the tree has lost it, from its zip; undefined if neither matches
 * the part's record. A tree is not flushed to the disk, so a power cut may lose files of it.
 */
export const readPartFile = (part: Part, file: PartFile): Buffer | undefined =>
  readAsPlanned(path.join(treeOf(part), file.path), { digest: file.digest }) ?? fromZip(part, file);

const fromZip = (part: Part, { path: name, digest }: PartFile): Buffer | undefined => {
  try {
    if (!hasZip(part)) return undefined;
    const entry = entriesOf(readDirectory(zipOf(part)).records).find((one) => one.path === name);
    if (entry === undefined) return undefined;
    const whole = Buffer.alloc(sizeOfEntry(entry));
    const descriptor = fs.openSync(zipOf(part), 'r');
    try {
      fs.readSync(descriptor, whole, 0, whole.length, entry.offset);
    } finally {
      fs.closeSync(descriptor);
    }
    const content = readZipEntry(entry, whole);
    return content !== undefined && sha256(content) === digest ? content : undefined;
  } catch {
    return undefined;
  }
};
