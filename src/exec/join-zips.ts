import * as fs from 'node:fs';
import { RECORD } from './zip-format';

/** The list at the end of a zip that says which entry begins where (APPNOTE 4.3.12). */
export interface CentralDirectory {
  /** In bytes from the zip's start; what lies before are the entries, each with its compressed content. */
  readonly offset: number;
  readonly entries: number;
  readonly records: Buffer;
}

const END = { signature: 0x06054b50, size: 22, entries: 10, directorySize: 12, directoryOffset: 16 };

/** What a zip can count without the extension that Lambda may not read (APPNOTE 4.4.1.4). */
export const MOST_ENTRIES = 0xffff;

/** The end record of a zip that has no comment: those that this library makes. */
const readEnd = (end: Buffer): Omit<CentralDirectory, 'records'> & { readonly size: number } => {
  if (end.length !== END.size || end.readUInt32LE(0) !== END.signature) throw new Error('not a whole zip');
  return {
    entries: end.readUInt16LE(END.entries),
    size: end.readUInt32LE(END.directorySize),
    offset: end.readUInt32LE(END.directoryOffset),
  };
};

/** Reads a zip's directory, not its entries. */
export const readDirectory = (file: string): CentralDirectory => {
  const descriptor = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    const end = Buffer.alloc(END.size);
    fs.readSync(descriptor, end, 0, END.size, Math.max(0, size - END.size));
    const { entries, offset, size: length } = readEnd(end);
    const isWhole = offset + length + END.size === size && end.equals(endRecord(entries, length, offset));
    if (!isWhole) throw new Error('not a whole zip');
    const records = Buffer.alloc(length);
    fs.readSync(descriptor, records, 0, length, offset);
    return { entries, offset, records };
  } finally {
    fs.closeSync(descriptor);
  }
};

const directoryOf = (zip: Buffer): CentralDirectory => {
  const { entries, offset, size } = readEnd(zip.subarray(-END.size));
  return { entries, offset, records: zip.subarray(offset, offset + size) };
};

/** The records of a zip whose entries come to lie further back. */
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

/** The end of a zip: how many entries its directory lists, and where that lies (APPNOTE 4.3.16). */
export const endRecord = (entries: number, size: number, offset: number): Buffer => {
  const end = Buffer.alloc(END.size);
  end.writeUInt32LE(END.signature, 0);
  end.writeUInt16LE(entries, END.entries - 2);
  end.writeUInt16LE(entries, END.entries);
  end.writeUInt32LE(size, END.directorySize);
  end.writeUInt32LE(offset, END.directoryOffset);
  return end;
};

/** A zip on the disk whose directory was read: that of a large one is wanted by many bundles. */
export interface ZipPart {
  readonly file: string;
  readonly directory: CentralDirectory;
}

/**
 * Joins zips into a new one without compressing anything again: the entries follow each other as they are, and one
 * directory lists them all. Libraries do this with streams; here it is part of a synthesis, which waits for nothing
 * (docs/decisions/0005). The
 * first part is copied by the operating system, which on some file systems copies nothing at all.
 *
 * @param parts zips on the disk, the largest first
 * @param last a zip in memory
 */
export const joinZips = (parts: readonly ZipPart[], last: Buffer, target: string): void => {
  const [first, ...others] = parts;
  if (first === undefined) {
    fs.writeFileSync(target, last);
    return;
  }
  fs.copyFileSync(first.file, target, fs.constants.COPYFILE_FICLONE);
  const descriptor = fs.openSync(target, 'r+');
  try {
    let position = first.directory.offset;
    const records = [first.directory.records];
    let entries = first.directory.entries;
    const append = (content: Buffer, directory: CentralDirectory): void => {
      records.push(shifted(directory.records, position));
      entries += directory.entries;
      position += writeAt(descriptor, content.subarray(0, directory.offset), position);
    };
    for (const { file, directory } of others) append(fs.readFileSync(file), directory);
    append(last, directoryOf(last));
    const list = Buffer.concat(records);
    const end = Buffer.concat([list, endRecord(entries, list.length, position)]);
    position += writeAt(descriptor, end, position);
    fs.ftruncateSync(descriptor, position);
  } finally {
    fs.closeSync(descriptor);
  }
};

/** Writes all of a buffer: one call may write less than it was given. */
const writeAt = (descriptor: number, content: Buffer, position: number): number => {
  let written = 0;
  while (written < content.length) {
    written += fs.writeSync(descriptor, content, written, content.length - written, position + written);
  }
  return content.length;
};
