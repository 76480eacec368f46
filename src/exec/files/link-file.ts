import * as fs from 'node:fs';

/** What a system says where two places cannot share a file: other disks, no links, not one's own, or too many to one file. */
const CANNOT_LINK = ['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Whether copies that share bytes are worth a try: a file system that has none is asked once, not for each file. */
let clones = true;

/**
 * Puts a finished file in a place where there is none, as the file system allows: sharing its bytes until one of the two is
 * written to, as a second name of the same file, or as a copy. All three carry the time of the first. Tells whether it is
 * a file of its own, which is not on the disk yet.
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
