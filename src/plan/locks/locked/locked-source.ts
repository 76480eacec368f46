import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { PackageSource } from './locked-set';
import { scpAsUrl } from '../../values/url';

/** A repository at a commit, or why the commit is not fixed. */
export const gitSource = (
  address: string,
  commit: string | undefined,
  subdirectory: string | undefined,
): Either<string, PackageSource> =>
  /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit ?? '')
    ? right({
        _tag: 'Git',
        url: scpAsUrl(address.replace(/^git\+/, '')),
        commit: (commit ?? '').toLowerCase(),
        subdirectory: subdirectory ?? null,
      })
    : left(
        commit === undefined
          ? 'its source has no commit id'
          : `${JSON.stringify(commit)} is not a whole commit id`,
      );
