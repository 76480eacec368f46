import * as zlib from 'node:zlib';

/** A file as packed into a zip. */
export interface PackedFile {
  /** Path in the zip, with `/`. */
  readonly path: string;
  readonly executable: boolean;
  /** Of the uncompressed content. */
  readonly crc: number;
  readonly size: number;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly packed: Uint8Array;
}

export const STORED = 0;
export const DEFLATED = 8;

/** 2.0, which a deflated entry needs (APPNOTE 4.4.3.2). */
const VERSION = 20;
/** An entry with Unix attributes (APPNOTE 4.4.2). */
export const UNIX = 3;
/** The flag for a UTF-8 name that is not plain ASCII (APPNOTE 4.4.4). */
export const UTF8_NAME = 1 << 11;
/** 1980-01-01 at midnight as a DOS date: the earliest date that a zip can have. */
const DATE = (1 << 5) | 1;
const REGULAR_FILE = 0o100000;
const MODE_SHIFT = 16;

/** The offsets of fields in an entry's local header (APPNOTE 4.3.7), in bytes. */
export const HEADER = { signature: 0x04034b50, size: 30, fields: 4 } as const;

/** The offsets of fields in an entry's record in the directory (APPNOTE 4.3.12), in bytes. */
export const RECORD = {
  signature: 0x02014b50,
  size: 46,
  madeBy: 4,
  /** The fields that the header also has, from the version to the lengths of name and extra field. */
  fields: 6,
  method: 10,
  crc: 16,
  packed: 20,
  unpacked: 24,
  name: 28,
  extra: 30,
  comment: 32,
  disk: 34,
  attributes: 38,
  offset: 42,
} as const;

/** The bytes of the fields that a record shares with a header. */
export const SHARED_FIELDS = 26;

/** Writes the fields that an entry's header and its record share. */
const writeFields = (target: Buffer, at: number, file: PackedFile, name: Buffer): void => {
  target.writeUInt16LE(VERSION, at);
  target.writeUInt16LE(name.length === file.path.length ? 0 : UTF8_NAME, at + 2);
  target.writeUInt16LE(file.method, at + 4);
  target.writeUInt16LE(0, at + 6);
  target.writeUInt16LE(DATE, at + 8);
  target.writeUInt32LE(file.crc, at + 10);
  target.writeUInt32LE(file.packed.length, at + 14);
  target.writeUInt32LE(file.size, at + 18);
  target.writeUInt16LE(name.length, at + 22);
};

/** The header and name of an entry. It has the sizes, so no data descriptor follows the content. */
const headerOf = (file: PackedFile): Buffer => {
  const name = Buffer.from(file.path);
  const header = Buffer.alloc(HEADER.size);
  header.writeUInt32LE(HEADER.signature, 0);
  writeFields(header, HEADER.fields, file, name);
  return Buffer.concat([header, name]);
};

/** The attributes of a file: its Unix mode in the upper half. */
export const attributesOf = (executable: boolean): number =>
  ((REGULAR_FILE | (executable ? 0o755 : 0o644)) << MODE_SHIFT) >>> 0;

/** The record of an entry in the directory. */
const centralRecord = (file: PackedFile, offset: number): Buffer => {
  const name = Buffer.from(file.path);
  const record = Buffer.alloc(RECORD.size);
  record.writeUInt32LE(RECORD.signature, 0);
  record.writeUInt16LE((UNIX << 8) | VERSION, RECORD.madeBy);
  writeFields(record, RECORD.fields, file, name);
  record.writeUInt32LE(attributesOf(file.executable), RECORD.attributes);
  record.writeUInt32LE(offset, RECORD.offset);
  return Buffer.concat([record, name]);
};

/** Lays files out one after another, with their records. */
export const archiveLayout = (
  files: readonly PackedFile[],
): { readonly pieces: readonly Uint8Array[]; readonly records: Buffer; readonly size: number } => {
  const pieces: Uint8Array[] = [];
  const records: Buffer[] = [];
  let size = 0;
  for (const file of files) {
    const header = headerOf(file);
    records.push(centralRecord(file, size));
    pieces.push(header, file.packed);
    size += header.length + file.packed.length;
  }
  return { pieces, records: Buffer.concat(records), size };
};

/** The properties of a file before its compression. */
export const unpacked = (
  path: string,
  content: Uint8Array,
  executable: boolean,
): Omit<PackedFile, 'packed' | 'method'> => ({
  path,
  executable,
  crc: zlib.crc32(content),
  size: content.length,
});
