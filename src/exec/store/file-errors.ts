import * as path from 'node:path';
import type { ExecutionError } from '../errors/execution-error';
import { reasonOf } from '../files/file-kind';
import { ReplacedFolder } from '../files/real-folder';
import { RefusedKey } from '../errors/refused-key';
import type { Store } from './store';

/**
 * A failure of the file system, as an error of an execution. Anything else, such as Node's own `ERR_INVALID_ARG_TYPE`,
 * is a fault of this library and goes on.
 */
export const fileError = (error: unknown, fallback: string): ExecutionError => {
  if (error instanceof RefusedKey) return { _tag: 'StoreKeyRefused', path: error.file, why: error.why };
  if (error instanceof ReplacedFolder)
    return {
      _tag: 'UnsafeFile',
      path: path.basename(error.folder),
      distribution: 'what was built',
      what: 'no folder any more, or a link to one',
    };
  const { code, path: source, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  // A copy that failed names what it read first, but it is the disk it wrote to that is full.
  const file = dest ?? source;
  if (!/^E[A-Z0-9]+$/.test(code ?? '')) throw error;
  if (code === 'ENAMETOOLONG') return { _tag: 'PathTooLong', path: file ?? fallback };
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { _tag: 'DiskFull', path: file ?? fallback }
    : { _tag: 'CannotWrite', path: file ?? fallback, reason: reasonOf(error) };
};

/** The same of work in a store: what it has made there itself, and is there no more, was taken away by somebody. */
export const storeError = (
  error: unknown,
  { folder, temporaries }: Pick<Store, 'folder' | 'temporaries'>,
): ExecutionError => {
  const { code, path: file = '' } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && file.startsWith(`${folder}${path.sep}`)
    ? { _tag: 'StoreChanged', path: folder }
    : fileError(error, temporaries);
};
