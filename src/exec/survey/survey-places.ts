import type { BundleRequest } from '../../plan/request/bundle-request';
import { namedIndexes } from '../../plan/declarations/line-checks/named-indexes';
import type { PlanError } from '../../plan/errors/plan-error';
import type { RequirementsSnapshot, SnapshotPlace, SourceSnapshot } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import { homeOf } from '../files/home';
import type { PlaceRules } from '../install/read-place';
import { INDEX_RULES, MOUNT_RULES, readPlace } from '../install/read-place';
import { inside } from '../files/real-path';
import type { SurveyMemory } from './survey-memory';

/** The content of places, and the problems of those that could not be read. */
type SurveyedPlaces = Pick<SourceSnapshot, 'indexes' | 'mounts' | 'problems'>;

/**
 * Reads the named places outside the sources whose content counts: local indexes, and read-only volumes of the project.
 *
 * @param project absolute path of the folder that has both the app and the entry
 */
export const surveyPlaces = (
  request: BundleRequest,
  project: string,
  requirements: RequirementsSnapshot | null,
  memory: SurveyMemory,
): SurveyedPlaces => {
  const once = (place: string, rules: PlaceRules): SnapshotPlace =>
    memory.places([place, rules], () => readPlace(place, rules, memory.digests));
  // A missing path may be one of the container. An installer that needs it says so.
  const read = namedIndexes(request, requirements, homeOf())
    .filter(({ path }) => isThere(path))
    .map((named) => ({ ...named, ...once(named.path, INDEX_RULES) }));
  const indexes = read.filter(({ digest }) => digest !== null);
  const problems = read.flatMap(({ path: place, digest, reason }): PlanError | readonly [] =>
    digest === null ? { _tag: 'IndexNotRead', path: place, reason } : [],
  );
  const readOnly = request.docker.volumes.filter((volume) => volume.readOnly);
  if (readOnly.length === 0) return { problems, ...(indexes.length === 0 ? {} : { indexes }) };
  const mounts = readOnly.map(({ hostPath }): SnapshotPlace =>
    inside(project, hostPath) !== undefined
      ? once(hostPath, MOUNT_RULES)
      : { path: hostPath, digest: null, reason: `it is not a folder inside the project ${project}` },
  );
  return { problems, indexes, mounts };
};
