import { left, right } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { BundleRequest, DependencyRequest } from '../../request/bundle-request';
import { memoizeByObject } from '../../values/memoize-by-object';
import { chosenInVain } from './unused-groups-and-extras';
import { targetMarkers } from '../../packaging/tags/marker-environment';
import { followedErrors, namesIndex } from '../local-packages/followed-errors';
import { followedOf } from '../local-packages/named-locals';
import { namesPlace, requestedLines } from '../lines/requested-lines';
import { projectSet } from './project-set';
import { notPackagesIn } from './not-a-package';
import type { SetOrErrors } from './requirement-set';
import { requirementsFileSet } from './requirement-set';
import { notPinned, openLines, refusedLines, unfixedLines } from '../line-checks/unpinned-lines';
import { configSettingErrors } from '../local-packages/config-settings';
import { lineErrors, unhashed } from '../line-checks/requirements-check';
import { keyOf, unknownIncludes } from '../lines/policy-errors';
import { conflicts } from '../line-checks/requirements-conflicts';
import { hashModeErrors } from '../line-checks/hash-mode';
import { foreignWheels } from '../line-checks/foreign-wheels';
import type { ProjectDeclaration, RequirementsSnapshot, SourceSnapshot } from '../../model/source-snapshot';

/**
 * The requirement set of a declaration for a target; null if nothing is installed. Functions that share a declaration
 * share the result.
 */
export const declaredSet = (
  { dependencies }: Pick<BundleRequest, 'dependencies'>,
  { requirements, project }: Pick<SourceSnapshot, 'requirements' | 'project'>,
  target: TargetRuntime,
): SetOrErrors => {
  const declaration = requirements ?? project;
  if (declaration === null) return right(null);
  const known = setsOf(declaration);
  const key = JSON.stringify([dependencies, target.name, target.architecture]);
  const set = known.get(key) ?? read(declaration, dependencies, target);
  known.set(key, set);
  return set;
};

const setsOf = memoizeByObject(
  (_: RequirementsSnapshot | ProjectDeclaration) => new Map<string, SetOrErrors>(),
);

const read = (
  declaration: RequirementsSnapshot | ProjectDeclaration,
  dependencies: DependencyRequest,
  target: TargetRuntime,
): SetOrErrors =>
  'texts' in declaration
    ? readFile(declaration, dependencies, target)
    : projectSet(declaration, dependencies, target);

const readFile = (
  requirements: RequirementsSnapshot,
  dependencies: DependencyRequest,
  target: TargetRuntime,
): SetOrErrors => {
  const { requiredBy } = dependencies;
  const errors = [
    ...chosenInVain(requirements.texts[0].file, dependencies),
    ...lineErrors(requirements),
    ...configSettingErrors(requirements),
    ...notPackagesIn(requirements),
    ...conflicts(requirements, target),
    ...foreignWheels(requirements, target),
    ...followedErrors(
      followedOf(requirements),
      dependencies,
      namesIndex(dependencies) || requestedLines(requirements).some(namesPlace),
    ),
    ...unknownIncludes(requirements, dependencies),
    ...(dependencies.requireHashes
      ? unhashed(requirements, requestedLines(requirements), requiredBy?.hashes)
      : hashModeErrors(requirements, target)),
    ...(dependencies.requirePinned === true
      ? notPinned(
          requirements.texts[0].file,
          refusedLines(openLines(unfixedLines(requirements, targetMarkers(target)), dependencies)),
          dependencies,
        ).map((error) => ({ ...error, ...keyOf(requiredBy?.pinned) }))
      : []),
  ];
  return errors.length > 0
    ? left(errors)
    : right(requirementsFileSet(requirements, dependencies, targetMarkers(target)));
};
