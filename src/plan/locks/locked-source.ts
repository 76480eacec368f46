import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { PackageSource } from './locked-set';

/** `git@host:owner/name.git` is git's own way of writing an address of SSH, and no URL. */
const asUrl = (address: string): string => {
  const [, host, path] = /^([\w.-]+@[\w.-]+):(?!\/\/)(.+)$/.exec(address) ?? [];
  return host === undefined || path === undefined ? address : `ssh://${host}/${path.replace(/^\//, '')}`;
};

/** A repository at a commit; on the left why it is none that stays the same. */
export const gitSource = (
  address: string,
  commit: string | undefined,
  subdirectory: string | undefined,
): Either<string, PackageSource> =>
  /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit ?? '')
    ? right({
        _tag: 'Git',
        url: asUrl(address.replace(/^git\+/, '')),
        commit: (commit ?? '').toLowerCase(),
        subdirectory: subdirectory ?? null,
      })
    : left(`${commit === undefined ? 'no commit' : JSON.stringify(commit)} is no whole commit id`);
