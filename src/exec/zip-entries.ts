import * as zlib from 'node:zlib';

/** An entry of a zip as its directory has it. */
export interface ZipEntry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Undefined where the attributes are not those that this library gives. */
  readonly executable: boolean | undefined;
  readonly offset: number;
  /** What the directory repeats of the entry's own header: from the version to the lengths of name and extra field. */
  readonly repeated: Buffer;
}

/** Where fields are in a record of the directory, and in the header before an entry's content (APPNOTE 4.3.7, 4.3.12). */
const RECORD = {
  signature: 0x02014b50,
  size: 46,
  system: 5,
  method: 10,
  crc: 16,
  compressed: 20,
  uncompressed: 24,
};
const LENGTHS = { name: 28, extra: 30, comment: 32 };
const ATTRIBUTES = { disk: 34, external: 38, offset: 42 };
/** The attributes of files: their modes in the upper half, as Unix has it. */
const MODES = new Map([
  [(0o100755 << 16) >>> 0, true],
  [(0o100644 << 16) >>> 0, false],
]);
const HEADER = { signature: 0x04034b50, size: 30 };
const REPEATED = { inRecord: 6, inHeader: 4, length: 26 };
const UNIX = 3;
const STORED = 0;
const DEFLATED = 8;

/** The entries that a zip's directory lists. */
export const entriesOf = (records: Buffer): readonly ZipEntry[] => {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < records.length) {
    if (records.readUInt32LE(at) !== RECORD.signature) throw new Error('the directory is not one of a zip');
    const nameEnd = at + RECORD.size + records.readUInt16LE(at + LENGTHS.name);
    entries.push({
      path: records.toString('utf8', at + RECORD.size, nameEnd),
      method: records.readUInt16LE(at + RECORD.method),
      crc: records.readUInt32LE(at + RECORD.crc),
      compressed: records.readUInt32LE(at + RECORD.compressed),
      size: records.readUInt32LE(at + RECORD.uncompressed),
      executable:
        records.readUInt32LE(at + ATTRIBUTES.disk) === 0 && records[at + RECORD.system] === UNIX
          ? MODES.get(records.readUInt32LE(at + ATTRIBUTES.external))
          : undefined,
      offset: records.readUInt32LE(at + ATTRIBUTES.offset),
      repeated: records.subarray(at + REPEATED.inRecord, at + REPEATED.inRecord + REPEATED.length),
    });
    at = nameEnd + records.readUInt16LE(at + LENGTHS.extra) + records.readUInt16LE(at + LENGTHS.comment);
  }
  if (at !== records.length) throw new Error('the directory is not whole');
  return entries;
};

/** What an entry takes: a header, its name and its content. None of this library's has an extra field. */
export const sizeOfEntry = ({ path, compressed }: ZipEntry): number =>
  HEADER.size + Buffer.byteLength(path) + compressed;

/** The content of an entry; undefined where its header is not what the directory says, or nothing can be made of it. */
export const readEntry = (entry: ZipEntry, whole: Buffer): Buffer | undefined => {
  const name = Buffer.from(entry.path);
  const contentAt = HEADER.size + name.length;
  const isSame =
    whole.readUInt32LE(0) === HEADER.signature &&
    whole.subarray(REPEATED.inHeader, HEADER.size).equals(entry.repeated) &&
    whole.subarray(HEADER.size, contentAt).equals(name);
  return isSame ? decompressed(entry, whole.subarray(contentAt)) : undefined;
};

const decompressed = ({ method, size }: ZipEntry, compressed: Buffer): Buffer | undefined => {
  if (method === STORED) return compressed;
  if (method !== DEFLATED) return undefined;
  try {
    return zlib.inflateRawSync(compressed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
};
