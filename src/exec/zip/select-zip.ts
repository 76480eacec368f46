import * as fs from 'node:fs';
import { inTreeOrder } from '../files/tree-order';
import { writeAll } from '../files/write-all';
import { endRecord, readDirectory } from './zip-directory';
import { RECORD } from './zip-format';

/** A zip on the disk, and the choice of its entries. */
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

/** Contents in as few pieces as possible: neighbours in one zip are one piece. */
const pieces = (entries: readonly Entry[]): readonly Buffer[] => {
  const made: Buffer[] = [];
  for (const { content } of entries) {
    const last = made.at(-1);
    const isNext = last?.buffer === content.buffer && last.byteOffset + last.length === content.byteOffset;
    if (last !== undefined && isNext)
      made[made.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + content.length);
    else made.push(content);
  }
  return made;
};

/**
 * Writes a zip of chosen entries of other zips, in the order of a tree. Nothing is compressed again, so the zip has the
 * same bytes as a zip made from the files.
 */
export const selectZip = (sources: readonly ZipSource[], target: string): void => {
  const entries = inTreeOrder(sources.flatMap(entriesOf), (entry) => entry.path);
  let position = 0;
  const records = entries.map(({ record, content }) => {
    const moved = Buffer.from(record);
    moved.writeUInt32LE(position, RECORD.offset);
    position += content.length;
    return moved;
  });
  const list = Buffer.concat(records);
  const descriptor = fs.openSync(target, 'wx');
  try {
    let written = 0;
    for (const piece of pieces(entries)) {
      writeAll(descriptor, piece, written);
      written += piece.length;
    }
    writeAll(descriptor, Buffer.concat([list, endRecord(entries.length, list.length, position)]), position);
  } finally {
    fs.closeSync(descriptor);
  }
};
