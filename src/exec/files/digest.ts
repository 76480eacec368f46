import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openFile, withFile } from './open-file';

/** A file's content in a plan. */
export interface Content {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

const CHUNK = 1024 * 1024;

/** One buffer for all files: with one for each, small files spent most of their time in garbage collection. */
let chunk: Buffer | undefined;

/** Reads a file in pieces: a data file may be larger than memory. */
export const digestFileSync = (file: string): Content =>
  withFile(file, (descriptor) => {
    const hash = createHash('sha256');
    const buffer = (chunk ??= Buffer.allocUnsafe(CHUNK));
    let size = 0;
    for (let read = fs.readSync(descriptor, buffer); read > 0; read = fs.readSync(descriptor, buffer)) {
      hash.update(buffer.subarray(0, read));
      size += read;
    }
    return { digest: hash.digest('hex'), size };
  });

/** Like {@link digestFileSync}, asynchronously. */
export const digestFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  const source = await openFile(file);
  try {
    await pipeline(source.createReadStream({ autoClose: false }), hash);
  } finally {
    await source.close();
  }
  return hash.digest('hex');
};
