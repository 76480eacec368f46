import * as fs from 'node:fs';

/** Error codes of file systems that cannot flush, or are read-only. */
const CANNOT_FLUSH = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EROFS'];

/** Windows flushes only files that are open for writing. */
const FLAG = process.platform === 'win32' ? 'r+' : 'r';

/**
 * Writes a file through to the disk: its content, size and time. Without this, a power cut may leave a renamed file
 * without content.
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

/** Writes the names in a folder through to the disk. If a system cannot and a name is lost, its file is made again. */
export const flushFolder = (folder: string): void => {
  try {
    flushFile(folder);
  } catch {
    // Windows cannot open folders.
  }
};
