import { directoryOf, endRecord } from './zip-directory';
import { HEADER, RECORD, UTF8_NAME } from './zip-format';

/** The offsets of a header's flags and name length; the fields that it shares with a record begin at its fifth byte. */
const IN_HEADER = { flags: HEADER.fields + 2, name: HEADER.fields + (RECORD.name - RECORD.fields) } as const;
const IN_RECORD = { flags: RECORD.fields + 2, name: RECORD.name } as const;

/**
 * Moves all entries of one of this library's zips into a folder. Only names become longer, and compressed content stays
 * unchanged, so that modules stored without a prefix go into a layer without new compression.
 *
 * @param prefix the folder, with `/`; `.` leaves the zip as it is
 */
export const prefixZip = (zip: Buffer, prefix: string): Buffer => {
  if (prefix === '.') return zip;
  const folder = Buffer.from(`${prefix}/`);
  const isAscii = folder.length === prefix.length + 1;
  const directory = directoryOf(zip);
  const pieces: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const record of recordsIn(directory.records)) {
    const start = record.readUInt32LE(RECORD.offset);
    const named = start + HEADER.size;
    const length = record.readUInt32LE(RECORD.packed) + record.readUInt16LE(RECORD.name);
    const header = renamed(zip.subarray(start, named), IN_HEADER, folder.length, isAscii);
    pieces.push(header, folder, zip.subarray(named, named + length));
    const fields = renamed(record.subarray(0, RECORD.size), IN_RECORD, folder.length, isAscii);
    fields.writeUInt32LE(offset, RECORD.offset);
    records.push(fields, folder, record.subarray(RECORD.size));
    offset += HEADER.size + folder.length + length;
  }
  const list = Buffer.concat(records);
  return Buffer.concat([...pieces, list, endRecord(directory.entries, list.length, offset)]);
};

/** The records of a directory, each with its name. This library's records have no extra field and no comment. */
const recordsIn = (directory: Buffer): readonly Buffer[] => {
  const records: Buffer[] = [];
  for (let at = 0; at < directory.length;) {
    const end = at + RECORD.size + directory.readUInt16LE(at + RECORD.name);
    records.push(directory.subarray(at, end));
    at = end;
  }
  return records;
};

/** A copy of a header's or a record's fields with the new length of the name, and whether it is UTF-8. */
const renamed = (
  fields: Buffer,
  { flags, name }: { readonly flags: number; readonly name: number },
  longer: number,
  isAscii: boolean,
): Buffer => {
  const copy = Buffer.from(fields);
  if (!isAscii) copy.writeUInt16LE(copy.readUInt16LE(flags) | UTF8_NAME, flags);
  copy.writeUInt16LE(copy.readUInt16LE(name) + longer, name);
  return copy;
};
