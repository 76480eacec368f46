import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { openFile } from '../files/open-file';

/** Bytes that are copied at a time. */
const CHUNK = 1024 * 1024;

/**
 * Copies a file, piece by piece, because it may be larger than memory.
 *
 * @returns false if the file cannot be read, or its content differs from the plan
 * @throws if it cannot be written
 */
export const copyAsPlanned = async (
  from: string,
  to: string,
  { digest, executable }: { readonly digest: string; readonly executable: boolean },
): Promise<boolean> => {
  const source = await openFile(from).catch(() => undefined);
  if (source === undefined) return false;
  try {
    const target = await fs.open(to, 'w', executable ? 0o755 : 0o644);
    try {
      return (await copy(source, target)) === digest;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

/** Copies a file and returns its digest; undefined if it cannot be read to its end. */
const copy = async (source: fs.FileHandle, target: fs.FileHandle): Promise<string | undefined> => {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, (await source.stat()).size + 1));
  for (;;) {
    const read = await source.read(buffer, 0, buffer.length).catch(() => undefined);
    if (read === undefined) return undefined;
    if (read.bytesRead === 0) return hash.digest('hex');
    const piece = buffer.subarray(0, read.bytesRead);
    hash.update(piece);
    await target.writeFile(piece);
  }
};
