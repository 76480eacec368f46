import * as path from 'node:path';
import type { ExecutionError } from '../errors/execution-error';
import { reasonOf } from '../files/file-kind';
import { ReplacedFolder } from '../files/real-folder';
import { RefusedKey } from '../errors/refused-key';
import type { Store } from './store';

/**
 * Turns a failure of the file system into an execution error. Rethrows anything else, such as Node.js's own
 * `ERR_INVALID_ARG_TYPE`: it is a bug of this library.
 */
export const fileError = (error: unknown, fallback: string): ExecutionError => {
  if (error instanceof RefusedKey) return { _tag: 'StoreKeyRefused', path: error.file, why: error.why };
  if (error instanceof ReplacedFolder)
    return {
      _tag: 'UnsafeFile',
      path: path.basename(error.folder),
      distribution: 'the build',
      what: 'no longer a folder, or a link to one',
    };
  const { code, path: source, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  // The error of a copy names the source first, but the full disk is that of the destination.
  const file = dest ?? source;
  if (!/^E[A-Z0-9]+$/.test(code ?? '')) throw error;
  if (code === 'ENAMETOOLONG') return { _tag: 'PathTooLong', path: file ?? fallback };
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? { _tag: 'DiskFull', path: file ?? fallback }
    : { _tag: 'CannotWrite', path: file ?? fallback, reason: reasonOf(error) };
};

/** Like {@link fileError}, for work in a store: a missing file there was removed by somebody else. */
export const storeError = (
  error: unknown,
  { folder, temporaries }: Pick<Store, 'folder' | 'temporaries'>,
): ExecutionError => {
  const { code, path: file = '' } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && file.startsWith(`${folder}${path.sep}`)
    ? { _tag: 'StoreChanged', path: folder }
    : fileError(error, temporaries);
};
