import type { ExecutionError } from './execution-error';
import { reasonOf } from './file-kind';

/**
 * A failure of the file system, as an error of an execution. Anything else, such as Node's own `ERR_INVALID_ARG_TYPE`,
 * is a fault of this library and goes on.
 */
export const fileError = (error: unknown, fallback: string): ExecutionError => {
  const { code, path: source, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  // A copy that failed names what it read first, but it is the disk it wrote to that is full.
  const path = dest ?? source;
  if (!/^E[A-Z0-9]+$/.test(code ?? '')) throw error;
  if (code === 'ENAMETOOLONG') return { _tag: 'PathTooLong', path: path ?? fallback };
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { _tag: 'DiskFull', path: path ?? fallback }
    : { _tag: 'CannotWrite', path: path ?? fallback, reason: reasonOf(error) };
};
