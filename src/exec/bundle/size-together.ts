import type { BundlePlan } from '../../plan/model/bundle-plan';
import { manifestPath } from './bundle-manifest';
import type { ExecutionError } from '../errors/execution-error';
import { finishedFiles } from './finished-files';
import { readManifestHead } from './manifest-head';
import { portions, tooLarge } from '../distributions/too-large';
import type { Portion } from '../errors/ways-to-fit';

const sizeOf = ({ output }: BundlePlan): number | undefined =>
  readManifestHead(manifestPath(output.path))?.size;

/**
 * The error that a function and its layers exceed Lambda's unzipped limit, from their manifests; undefined if they fit,
 * or one of them was not made here.
 */
export const tooLargeTogether = (
  plan: BundlePlan,
  layers: readonly BundlePlan[],
): ExecutionError | undefined => {
  const distinct = [...new Map([plan, ...layers].map((one) => [one.output.path, one])).values()];
  const sizes = distinct.map(sizeOf);
  if (sizes.includes(undefined)) return undefined;
  const size = sizes.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return size <= plan.output.maximumSize ? undefined : tooLarge(plan, distinct.flatMap(portionsOf));
};

const portionsOf = (plan: BundlePlan): readonly Portion[] => {
  const { kind, label, output, sources } = plan;
  const files = finishedFiles(plan) ?? [];
  const start = output.prefix === '.' ? 0 : output.prefix.length + 1;
  const own = new Set(sources.map((source) => source.path));
  const named = portions(
    files.map((file) => ({ path: file.path.slice(start), size: file.size })),
    [],
    'module',
  );
  return named.map((portion): Portion =>
    kind === 'function'
      ? { ...portion, kind: own.has(portion.path) ? 'own' : 'module' }
      : { ...portion, kind: 'layer', of: `${portion.of} (in the layer ${label})` },
  );
};
