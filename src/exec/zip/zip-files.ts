import * as zlib from 'node:zlib';
import { isCompressed } from './compressed';
import { endRecord } from './zip-directory';
import type { PackedFile } from './zip-format';
import { DEFLATED, archiveLayout, STORED, unpacked } from './zip-format';

/** A file of a zip, in memory. */
export interface ZippedFile {
  /** Path in the zip, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** Zips files in their order; synchronously, because a function's own files are zipped during a synthesis. */
export const zipFiles = (files: readonly ZippedFile[]): Buffer => {
  const { pieces, records, size } = archiveLayout(files.map(packed));
  return Buffer.concat([...pieces, records, endRecord(files.length, records.length, size)]);
};

const packed = ({ path, content, executable }: ZippedFile): PackedFile => ({
  ...unpacked(path, content, executable),
  ...(isCompressed(content)
    ? { method: STORED, packed: content }
    : { method: DEFLATED, packed: zlib.deflateRawSync(content) }),
});
