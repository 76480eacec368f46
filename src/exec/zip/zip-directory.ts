import * as fs from 'node:fs';

/** The list at the end of a zip with the offset of each entry (APPNOTE 4.3.12). */
export interface CentralDirectory {
  /** In bytes from the zip's start; before it are the entries, each with its compressed content. */
  readonly offset: number;
  readonly entries: number;
  readonly records: Buffer;
}

const END = { signature: 0x06054b50, size: 22, entries: 10, directorySize: 12, directoryOffset: 16 };

/** The most entries of a zip without the Zip64 extension, which Lambda may not read (APPNOTE 4.4.1.4). */
export const MOST_ENTRIES = 0xffff;

/** Reads the end record of a zip without a comment, as this library makes it. */
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

/** The directory of a zip in memory. */
export const directoryOf = (zip: Buffer): CentralDirectory => {
  const { entries, offset, size } = readEnd(zip.subarray(-END.size));
  return { entries, offset, records: zip.subarray(offset, offset + size) };
};

/** The end record of a zip: the number of entries, and the directory's place (APPNOTE 4.3.16). */
export const endRecord = (entries: number, size: number, offset: number): Buffer => {
  const end = Buffer.alloc(END.size);
  end.writeUInt32LE(END.signature, 0);
  end.writeUInt16LE(entries, END.entries - 2);
  end.writeUInt16LE(entries, END.entries);
  end.writeUInt32LE(size, END.directorySize);
  end.writeUInt32LE(offset, END.directoryOffset);
  return end;
};
