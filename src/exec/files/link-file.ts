import * as fs from 'node:fs';

/** Error codes where two paths cannot share a file: another disk, no hard links, another owner, or too many links. */
const CANNOT_LINK = ['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Whether to try copy-on-write clones: a file system without them is tried once, not for each file. */
let clones = true;

/**
 * Puts a finished file at a new path by the first way that the file system allows: a copy-on-write clone, a hard link,
 * or a copy. All three keep the file's time.
 *
 * @returns whether it is a file of its own, which is not flushed to the disk yet
 */
export const linkFile = (from: string, to: string): boolean => {
  if (clones && copied(from, to, fs.constants.COPYFILE_FICLONE_FORCE)) return true;
  clones = false;
  try {
    fs.linkSync(from, to);
    return false;
  } catch (error) {
    if (!CANNOT_LINK.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copy(from, to, 0);
    return true;
  }
};

const copy = (from: string, to: string, mode: number): void => {
  fs.copyFileSync(from, to, mode | fs.constants.COPYFILE_EXCL);
  const { atime, mtime } = fs.statSync(from);
  fs.utimesSync(to, atime, mtime);
};

const copied = (from: string, to: string, mode: number): boolean => {
  try {
    copy(from, to, mode);
    return true;
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  }
};
