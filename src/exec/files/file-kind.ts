import type { Stats } from 'node:fs';
import { lstatSync } from 'node:fs';
import type { PlanError } from '../../plan/errors/plan-error';

/** The kind of an entry on a disk, as a word for a message. */
export const fileKind = (stats: Stats): string => {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return 'symbolic link';
  if (stats.isFIFO()) return 'named pipe';
  if (stats.isSocket()) return 'socket';
  return 'device';
};

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the path is too long',
  EBUSY: 'it is in use, or a mount point',
  EXDEV: 'it is on another disk',
  ENXIO: 'it is a socket, or a device that is not there',
};

/** A failed system call's reason in words; without words for it, its code. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? message;
};

/** Whether a system call failed because the path does not exist. */
export const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Whether a path exists; a dangling link counts, and so does a path without permission to look at it. */
export const isThere = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
};

export const unreadable = (path: string, error: unknown): PlanError => ({
  _tag: 'UnreadableFile',
  path,
  reason: reasonOf(error),
});
