import * as fs from 'node:fs';
import { prefixZip } from './prefixed-zip';
import { writeAll } from '../files/write-all';
import type { CentralDirectory } from './zip-directory';
import { directoryOf, endRecord } from './zip-directory';
import { RECORD } from './zip-format';

/** The records of a zip with the offsets of its entries moved back. */
const shifted = (records: Buffer, by: number): Buffer => {
  const copy = Buffer.from(records);
  for (let at = 0; at < copy.length;) {
    if (copy.readUInt32LE(at) !== RECORD.signature) throw new Error('not a zip directory');
    copy.writeUInt32LE(copy.readUInt32LE(at + RECORD.offset) + by, at + RECORD.offset);
    at +=
      RECORD.size +
      copy.readUInt16LE(at + RECORD.name) +
      copy.readUInt16LE(at + RECORD.extra) +
      copy.readUInt16LE(at + RECORD.comment);
  }
  return copy;
};

/** A zip on the disk with its directory, which is read once for many bundles. */
interface ZipPart {
  readonly file: string;
  readonly directory: CentralDirectory;
}

/**
 * Joins zips into a new one without compressing anything again: the entries follow each other unchanged, and one
 * directory lists them all. Libraries do this with streams, but a synthesis is synchronous (docs/decisions/0005). The
 * operating system copies the first part, which some file systems do by cloning. With a prefix, its headers are
 * rewritten.
 *
 * @param parts zips on the disk, the largest first
 * @param last a zip in memory
 * @param prefix folder for all entries, with `/`; `.` for none
 */
export const joinZips = (parts: readonly ZipPart[], last: Buffer, target: string, prefix = '.'): void => {
  const own = prefixZip(last, prefix);
  const [first, ...others] = parts;
  if (first === undefined) {
    fs.writeFileSync(target, own);
    return;
  }
  const begun = copyFirst(first, target, prefix);
  const descriptor = fs.openSync(target, 'r+');
  try {
    let position = begun.offset;
    const records = [begun.records];
    let entries = begun.entries;
    const append = (content: Buffer, directory: CentralDirectory): void => {
      records.push(shifted(directory.records, position));
      entries += directory.entries;
      writeAll(descriptor, content.subarray(0, directory.offset), position);
      position += directory.offset;
    };
    for (const { file, directory } of others) {
      const content = prefixZip(fs.readFileSync(file), prefix);
      append(content, prefix === '.' ? directory : directoryOf(content));
    }
    append(own, directoryOf(own));
    const list = Buffer.concat(records);
    const end = Buffer.concat([list, endRecord(entries, list.length, position)]);
    writeAll(descriptor, end, position);
    fs.ftruncateSync(descriptor, position + end.length);
  } finally {
    fs.closeSync(descriptor);
  }
};

const copyFirst = ({ file, directory }: ZipPart, target: string, prefix: string): CentralDirectory => {
  if (prefix === '.') {
    fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
    return directory;
  }
  const content = prefixZip(fs.readFileSync(file), prefix);
  fs.writeFileSync(target, content);
  return directoryOf(content);
};
