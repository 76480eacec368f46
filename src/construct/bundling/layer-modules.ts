import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { declaredNames } from '../../plan/declarations/sets/declared-names';
import { packagesAmong } from '../../plan/imports/packages-among';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import type { SourceSnapshot } from '../../plan/model/source-snapshot';
import { plannedFor } from './construct-plan';
import type { Planned } from './planned-code';

/** Adds the names of the distributions that a layer installs, as far as its declaration has them. */
export const withDistributions = (
  planned: Planned,
  request: BundleRequest,
  snapshot: SourceSnapshot,
): Planned => {
  if (planned._tag === 'Refused' || planned.plan.install === null) return planned;
  const omitted = new Set(request.dependencies.omit.map(normalizeName));
  const distributions = declaredNames(request, snapshot, planned.plan.runtime).filter(
    (name) => !omitted.has(name),
  );
  return { ...planned, distributions };
};

/**
 * The top-level modules of layers, their own and installed ones, as far as the names of files and distributions tell.
 */
export const layerModules = (layers: readonly ILayerVersion[]): readonly string[] =>
  [...new Set(layers.flatMap(modulesOf))].sort();

const modulesOf = (layer: ILayerVersion): readonly string[] => {
  const planned = plannedFor('layer', layer);
  if (planned?._tag !== 'Planned') return [];
  const { plan, distributions = [] } = planned;
  return [
    ...ownModules(plan),
    ...packagesAmong(plan.install?.inputs.map(({ path }) => path) ?? []),
    // Most distributions have a module of the same name.
    ...distributions.map((name) => name.replaceAll('-', '_')),
  ];
};

const ownModules = ({ sources }: BundlePlan): readonly string[] =>
  sources.flatMap(({ path }) =>
    /\.(py|so)$/.test(path) ? (path.replace(/^python\//, '').split(/[/.]/)[0] ?? []) : [],
  );
