import * as fs from 'node:fs';
import { writeAll } from './write-all';
import { endRecord, readDirectory } from './zip-directory';
import { RECORD } from './zip-format';

/** A zip on the disk, and which of its entries are wanted. */
interface ZipSource {
  readonly file: string;
  readonly isWanted: (path: string) => boolean;
}

interface Entry {
  readonly path: string;
  readonly record: Buffer;
  /** The header and the compressed content. */
  readonly content: Buffer;
}

const entriesOf = ({ file, isWanted }: ZipSource): readonly Entry[] => {
  const { offset: end, records } = readDirectory(file);
  const content = fs.readFileSync(file);
  const found: { readonly path: string; readonly record: Buffer; readonly start: number }[] = [];
  for (let at = 0; at < records.length;) {
    const name = records.readUInt16LE(at + RECORD.name);
    const size =
      RECORD.size +
      name +
      records.readUInt16LE(at + RECORD.extra) +
      records.readUInt16LE(at + RECORD.comment);
    found.push({
      path: records.toString('utf8', at + RECORD.size, at + RECORD.size + name),
      record: records.subarray(at, at + size),
      start: records.readUInt32LE(at + RECORD.offset),
    });
    at += size;
  }
  const ordered = [...found].sort((a, b) => a.start - b.start);
  return ordered.flatMap(({ path, record, start }, index) =>
    isWanted(path)
      ? { path, record, content: content.subarray(start, ordered[index + 1]?.start ?? end) }
      : [],
  );
};

/**
 * Writes a zip of the wanted entries of others, in an order. Nothing is compressed again, so that the zip has the bytes that one
 * of all the files would have.
 */
export const selectZip = (
  sources: readonly ZipSource[],
  target: string,
  order: (a: string, b: string) => number,
): void => {
  const entries = sources.flatMap(entriesOf).sort((a, b) => order(a.path, b.path));
  const descriptor = fs.openSync(target, 'wx');
  try {
    let position = 0;
    const records = entries.map(({ record, content }) => {
      const moved = Buffer.from(record);
      moved.writeUInt32LE(position, RECORD.offset);
      writeAll(descriptor, content, position);
      position += content.length;
      return moved;
    });
    const list = Buffer.concat(records);
    writeAll(descriptor, Buffer.concat([list, endRecord(entries.length, list.length, position)]), position);
  } finally {
    fs.closeSync(descriptor);
  }
};
