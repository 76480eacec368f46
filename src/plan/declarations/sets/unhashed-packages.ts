import type { DependencyRequest } from '../../request/bundle-request';
import type { LockedPackage } from '../../locks/locked/locked-set';
import { nameOf } from '../../locks/locked/locked-set';
import type { PlanError } from '../../errors/plan-error';
import { keyOf } from '../lines/policy-errors';

/**
 * Reports packages of a lock without a hash. No lock has a hash of a local folder, whose content is in the bundle's
 * hash.
 */
export const hashErrors = (
  packages: readonly LockedPackage[],
  file: string,
  { requireHashes, hashes, requiredBy }: DependencyRequest,
): readonly PlanError[] => {
  const without = packages.filter(
    (locked) => locked.source._tag !== 'Local' && (!hashes || locked.hashes.length === 0),
  );
  return requireHashes && without.length > 0
    ? [
        {
          _tag: 'NotHashed',
          file,
          requirements: without.map(nameOf),
          lines: without.map(({ line }) => line),
          ...keyOf(requiredBy?.hashes),
        },
      ]
    : [];
};
