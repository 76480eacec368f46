import type { BundleRequest } from '../request/bundle-request';
import type { RequirementSet } from '../declarations/sets/requirement-set';
import { type PlanWarning, WRITABLE } from '../errors/plan-warning';
import type { SourceSnapshot } from '../model/source-snapshot';
import { isWhole } from './whole-build';

/** The largest volume whose content counts. */
export const LARGEST_MOUNT = { bytes: 16 * 1024 * 1024, files: 2000 };

/** A mount whose content is in no hash. */
type UncountedVolume = Extract<PlanWarning, { readonly _tag: 'VolumeNotCounted' }>;

/**
 * The mounts with unknown content. A bundle with such a mount is built on every run and shared with no other function.
 */
export const uncountedVolumes = (
  request: Pick<BundleRequest, 'docker' | 'hooks' | 'executor'>,
  set: RequirementSet | null,
  { mounts = [] }: Pick<SourceSnapshot, 'mounts'>,
): readonly UncountedVolume[] => {
  const { volumes, volumesFrom = [], volumesDigest } = request.docker;
  const isUsed = (set !== null || isWhole(request)) && request.executor !== 'host';
  // A builder mounts nothing, which is its own error.
  if (!isUsed || request.executor === 'buildkit' || volumesDigest !== undefined) return [];
  return [
    ...volumes.flatMap(({ hostPath, readOnly }, index): UncountedVolume | readonly [] => {
      const seen = mounts.find(({ path }) => path === hostPath);
      if (readOnly && seen !== undefined && seen.digest !== null) return [];
      const reason = readOnly ? (seen?.reason ?? 'its content was not read') : WRITABLE;
      return { _tag: 'VolumeNotCounted', option: `bundling.volumes[${index}]`, what: hostPath, reason };
    }),
    ...volumesFrom.map((container, index): UncountedVolume => ({
      _tag: 'VolumeNotCounted',
      option: `bundling.volumesFrom[${index}]`,
      what: `the volumes of ${container}`,
      reason: 'they belong to another container',
    })),
  ];
};
