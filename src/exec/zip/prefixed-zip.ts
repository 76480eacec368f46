import { directoryOf, endRecord } from './zip-directory';
import { HEADER, RECORD, UTF8_NAME } from './zip-format';

/** Where a header has its flags and the length of its name: what it shares with a record begins at its fifth byte. */
const IN_HEADER = { flags: HEADER.fields + 2, name: HEADER.fields + (RECORD.name - RECORD.fields) } as const;
const IN_RECORD = { flags: RECORD.fields + 2, name: RECORD.name } as const;

/**
 * A zip of this library's, all of whose entries lie in a folder. Only names become longer: what is compressed stays as it
 * is, so that modules which are kept without a prefix go into a layer as they are.
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

/** The records of a directory, each with its name: those of this library have neither an extra field nor a comment. */
const recordsIn = (directory: Buffer): readonly Buffer[] => {
  const records: Buffer[] = [];
  for (let at = 0; at < directory.length;) {
    const end = at + RECORD.size + directory.readUInt16LE(at + RECORD.name);
    records.push(directory.subarray(at, end));
    at = end;
  }
  return records;
};

/** A copy of a header's or a record's fields that says of the name that it is longer, and whether it is UTF-8. */
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
