import * as fs from 'node:fs';
import * as zlib from 'node:zlib';
import { sha256 } from '../../plan/values/hash';
import type { ManifestFile } from '../bundle/bundle-manifest';
import { reasonOf } from '../files/file-kind';
import type { FileFault, FilesChecked } from '../errors/file-fault';
import { readDirectory } from '../zip/zip-directory';
import type { ZipEntry } from '../zip/zip-entries';
import { entriesOf, readZipEntry, sizeOfEntry } from '../zip/zip-entries';

/** After this many bytes of a zip, other work has its turn: a line of progress, a signal. */
const TURN = 8 * 1024 * 1024;

/**
 * Compares the entries of a zip with a manifest, whoever wrote the zip. Nothing is unpacked to the disk, and no entry
 * is unpacked in memory beyond its size in the manifest. Entries must follow each other without a gap, as in the zips
 * of this library: readers of the directory do not see the content of a gap.
 */
export const checkZipFiles = async (
  zip: string,
  expected: ReadonlyMap<string, ManifestFile>,
): Promise<FilesChecked> => {
  const faults: FileFault[] = [];
  const seen = new Set<string>();
  let [files, bytes, unreadable] = [0, 0, null as string | null];
  let descriptor: number | undefined;
  try {
    // Opening a named pipe would wait forever.
    if (!fs.statSync(zip).isFile()) throw new Error('it is not a file');
    descriptor = fs.openSync(zip, 'r');
    const directory = readDirectory(zip);
    const entries = entriesOf(directory.records);
    let [position, read] = [0, 0];
    for (const entry of entries) {
      const start = position;
      position += sizeOfEntry(entry);
      if (entry.offset !== start || position > directory.offset) throw new RangeError('out of place');
      const one = expected.get(entry.path);
      if (one === undefined || seen.has(entry.path)) faults.push({ _tag: 'Added', path: entry.path });
      else {
        const what = difference(descriptor, entry, one);
        if (what !== undefined) faults.push({ _tag: 'Changed', path: entry.path, what });
        const found = entry.executable === undefined ? 'unknown' : entry.executable ? '755' : '644';
        if (found !== one.mode) faults.push({ _tag: 'Mode', path: entry.path, expected: one.mode, found });
        files += 1;
        bytes += entry.size;
      }
      seen.add(entry.path);
      read += entry.compressed;
      if (read > TURN) {
        read = 0;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    if (position !== directory.offset || entries.length !== directory.entries) {
      throw new RangeError('out of place');
    }
  } catch (error) {
    // A wrong length leads beyond the read bytes.
    unreadable =
      error instanceof RangeError
        ? 'it is not a zip of this library: its entries are not where its directory says'
        : error instanceof Error && !('code' in error)
          ? `it is not a zip of this library (${error.message})`
          : reasonOf(error);
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
  if (unreadable === null) {
    for (const file of expected.keys()) if (!seen.has(file)) faults.push({ _tag: 'Missing', path: file });
  }
  return { faults, files, bytes, unreadable };
};

/** The difference in content, in words; undefined if there is none. */
const difference = (descriptor: number, entry: ZipEntry, expected: ManifestFile): string | undefined => {
  // This comes before unpacking: an entry may claim to have gigabytes.
  if (entry.size !== expected.size) return `has ${entry.size} bytes, not ${expected.size}`;
  const whole = Buffer.alloc(sizeOfEntry(entry));
  fs.readSync(descriptor, whole, 0, whole.length, entry.offset);
  const content = readZipEntry(entry, whole);
  if (content?.length !== entry.size || zlib.crc32(content) !== entry.crc) return 'cannot be unpacked';
  return sha256(content) === expected.sha256 ? undefined : 'has other bytes';
};
