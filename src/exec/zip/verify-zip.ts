import * as fs from 'node:fs';
import * as zlib from 'node:zlib';
import { sha256 } from '../../plan/values/hash';
import { reasonOf } from '../files/file-kind';
import { readDirectory } from './zip-directory';
import type { PartFile } from '../store/part';
import type { ZipEntry } from './zip-entries';
import { entriesOf, readZipEntry, sizeOfEntry } from './zip-entries';

/** The result of a check. */
interface ZipChecked {
  /** In words, each with the path of its entry, if any. */
  readonly faults: readonly string[];
  readonly entries: number;
  /** The uncompressed size of all contents. */
  readonly bytes: number;
}

/**
 * Checks every byte of a zip. Each entry must begin where the one before ends, have the header that the directory says,
 * and a content with the CRC. With `made`, the content must also have the file's digest.
 *
 * @param made the files that the zip was made of, if they are known
 */
export const checkZip = (file: string, made?: readonly PartFile[]): ZipChecked => {
  const faults: string[] = [];
  let entries: readonly ZipEntry[] = [];
  try {
    const directory = readDirectory(file);
    entries = entriesOf(directory.records);
    const end = withDescriptor(file, (descriptor) => {
      const expected = made && new Map(made.map((one) => [one.path, one]));
      let position = 0;
      for (const entry of entries) {
        const start = position;
        position += sizeOfEntry(entry);
        // A wrong number could otherwise allocate gigabytes.
        const isInPlace = entry.offset === start && position <= directory.offset;
        const fault = isInPlace ? faultOf(descriptor, entry, expected) : 'is not in its place';
        if (fault !== undefined) faults.push(`${entry.path} ${fault}`);
      }
      return position;
    });
    const isWhole = entries.length === directory.entries && end === directory.offset;
    if (!isWhole) faults.push('the directory is not whole');
    if (made !== undefined && entries.length !== made.length) faults.push('not all files are there');
  } catch (error) {
    // A wrong length leads out of the buffer.
    faults.push(error instanceof RangeError ? 'the directory is not whole' : reasonOf(error));
  }
  return { faults, entries: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
};

const withDescriptor = <A>(file: string, work: (descriptor: number) => A): A => {
  const descriptor = fs.openSync(file, 'r');
  try {
    return work(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
};

const faultOf = (
  descriptor: number,
  entry: ZipEntry,
  expected: ReadonlyMap<string, PartFile> | undefined,
): string | undefined => {
  const whole = Buffer.alloc(sizeOfEntry(entry));
  fs.readSync(descriptor, whole, 0, whole.length, entry.offset);
  const content = readZipEntry(entry, whole);
  if (content?.length !== entry.size || zlib.crc32(content) !== entry.crc) return 'holds other bytes';
  if (entry.executable === undefined) return 'has other attributes';
  if (expected === undefined) return undefined;
  const file = expected.get(entry.path);
  const isSame = file?.digest === sha256(content) && file.executable === entry.executable;
  return isSame ? undefined : 'is not the file that was stored';
};
