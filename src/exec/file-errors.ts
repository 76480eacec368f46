import type { ExecutionError } from './execution-error';
import { reasonOf } from './file-kind';

/** A failure of the file system, as an error of an execution. Anything else is a fault of this library and goes on. */
export const fileError = (error: unknown, fallback: string): ExecutionError => {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { _tag: 'DiskFull', path: path ?? fallback }
    : { _tag: 'CannotWrite', path: path ?? fallback, reason: reasonOf(error) };
};
