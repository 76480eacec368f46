import * as fs from 'node:fs';

/** What some file systems answer instead: they have no such thing, or are read-only. */
const CANNOT_FLUSH = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EROFS'];

/** Windows flushes only what was opened to be written to. */
const FLAG = process.platform === 'win32' ? 'r+' : 'r';

/**
 * Writes a file through to the disk: its content, size and time. Without it a power cut may leave a name that a rename has
 * made, and no content.
 *
 * @throws an error of the disk that no write has reported before
 */
export const flushFile = (file: string): void => {
  const descriptor = fs.openSync(file, FLAG);
  try {
    fs.fsyncSync(descriptor);
  } catch (error) {
    if (!CANNOT_FLUSH.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    fs.closeSync(descriptor);
  }
};

/** The same of the names in a folder. Where a system cannot, a name may be lost: then what it named is made again. */
export const flushFolder = (folder: string): void => {
  try {
    flushFile(folder);
  } catch {
    // Windows opens no folders.
  }
};
