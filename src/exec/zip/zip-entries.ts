import * as zlib from 'node:zlib';
import { attributesOf, DEFLATED, HEADER, RECORD, SHARED_FIELDS, STORED, UNIX } from './zip-format';

/** An entry of a zip, as its directory lists it. */
export interface ZipEntry {
  readonly path: string;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Undefined if the attributes are not this library's. */
  readonly executable: boolean | undefined;
  readonly offset: number;
  /**
   * The fields that the directory repeats of the entry's header: from the version to the lengths of name and extra
   * field.
   */
  readonly repeated: Buffer;
}

const MODES = new Map([true, false].map((executable) => [attributesOf(executable), executable]));

/** The entries that a zip's directory lists. */
export const entriesOf = (records: Buffer): readonly ZipEntry[] => {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < records.length) {
    if (records.readUInt32LE(at) !== RECORD.signature) throw new Error('the directory is not one of a zip');
    const nameEnd = at + RECORD.size + records.readUInt16LE(at + RECORD.name);
    entries.push({
      path: records.toString('utf8', at + RECORD.size, nameEnd),
      method: records.readUInt16LE(at + RECORD.method),
      crc: records.readUInt32LE(at + RECORD.crc),
      compressed: records.readUInt32LE(at + RECORD.packed),
      size: records.readUInt32LE(at + RECORD.unpacked),
      executable:
        records.readUInt32LE(at + RECORD.disk) === 0 && records[at + RECORD.madeBy + 1] === UNIX
          ? MODES.get(records.readUInt32LE(at + RECORD.attributes))
          : undefined,
      offset: records.readUInt32LE(at + RECORD.offset),
      repeated: records.subarray(at + RECORD.fields, at + RECORD.fields + SHARED_FIELDS),
    });
    at = nameEnd + records.readUInt16LE(at + RECORD.extra) + records.readUInt16LE(at + RECORD.comment);
  }
  if (at !== records.length) throw new Error('the directory is not whole');
  return entries;
};

/** The bytes of an entry: header, name and content. This library's entries have no extra field. */
export const sizeOfEntry = ({ path, compressed }: ZipEntry): number =>
  HEADER.size + Buffer.byteLength(path) + compressed;

/** The content of an entry; undefined if its header differs from the directory, or decompression fails. */
export const readZipEntry = (entry: ZipEntry, whole: Buffer): Buffer | undefined => {
  const name = Buffer.from(entry.path);
  const contentAt = HEADER.size + name.length;
  const isSame =
    whole.readUInt32LE(0) === HEADER.signature &&
    whole.subarray(HEADER.fields, HEADER.size).equals(entry.repeated) &&
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
