import type { Stats } from 'node:fs';
import { lstatSync } from 'node:fs';
import type { PlanError } from '../../plan/errors/plan-error';

/** What something on a disk is, in a word for a message. */
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

/** A failed system call's reason in words; its code where there are none. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? message;
};

/** Whether a system call failed because nothing is there. */
export const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Whether there is something under a path, if only a link that leads nowhere or what may not be looked at. */
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
