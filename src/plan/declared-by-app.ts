import type { BundleRequest } from './request/bundle-request';
import type { DeclaredContent, IndexDigest, PlaceDigest } from './model/declared-content';
import { NOTHING_DECLARED } from './model/declared-content';
import type { VariableReader } from './variables/declared-variables';
import { declaredVariables } from './variables/declared-variables';
import type { RequirementSet } from './declarations/sets/requirement-set';
import { reachingHost } from './variables/installer-environment';
import { sdistPolicy } from './options/sdist-policy';
import type { SnapshotPlace, SourceSnapshot } from './model/source-snapshot';
import { uncountedVolumes } from './install/uncounted-volumes';
import { isWhole } from './install/whole-build';

type Asked = Pick<BundleRequest, 'docker' | 'executor' | 'hooks' | 'sdist'>;

/** Whether commands of the user run: an entrypoint, even one of an image, decides what the container starts. */
const runsCommands = (request: Asked): boolean =>
  isWhole(request) ||
  (request.executor !== 'host' && (request.docker.entrypoint != null || request.docker.image !== undefined));

/** Finds who may read an app's variables during the install of a set. */
export const variableReader = (
  request: Asked,
  { mayBuild, isHashed, isExact }: Pick<RequirementSet, 'mayBuild' | 'isHashed' | 'isExact'>,
): VariableReader => {
  if (runsCommands(request) || (mayBuild && sdistPolicy(request) !== 'forbid')) return 'code';
  return isHashed && isExact ? 'nothing' : 'installer';
};

const counted = (places: readonly SnapshotPlace[] = []): readonly PlaceDigest[] =>
  places.flatMap(({ path, digest }) => (digest === null ? [] : { path, digest }));

const countedIndexes = (indexes: SourceSnapshot['indexes'] = []): readonly IndexDigest[] =>
  indexes.flatMap(({ path, digest, byVariable }) =>
    digest === null ? [] : { path: byVariable ? null : path, digest },
  );

/** The variables, local indexes and volumes of an app that affect the content of an install. */
export const declaredContent = (
  request: Asked & Pick<BundleRequest, 'label' | 'variables'>,
  set: RequirementSet,
  { indexes, mounts }: Pick<SourceSnapshot, 'indexes' | 'mounts'>,
): DeclaredContent => {
  const reader = variableReader(request, set);
  const { variables: given = {}, executor, docker } = request;
  const isHere = executor === 'host' && docker.command === undefined;
  const variables = declaredVariables(isHere ? reachingHost(given) : given, reader);
  return {
    ...NOTHING_DECLARED,
    variables,
    indexes: reader === 'nothing' ? [] : countedIndexes(indexes),
    mounts: counted(mounts),
    volumesDigest: request.docker.volumesDigest ?? null,
    onlyFor: uncountedVolumes(request, set, { mounts }).length === 0 ? null : request.label,
  };
};
