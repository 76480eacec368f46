import { left, right } from 'fp-ts/Either';
import type { TargetRuntime } from '../bundle-plan';
import type { BundleRequest, DependencyRequest } from '../bundle-request';
import { byIdentity } from '../by-identity';
import { chosenInVain } from './chosen-in-vain';
import { targetMarkers } from '../packaging/marker-environment';
import { followedErrors, namesIndex } from './followed-errors';
import { followedOf } from './named-locals';
import { namesPlace, requestedLines } from './requested-lines';
import { projectSet } from './project-set';
import { notPackagesIn } from './not-a-package';
import type { SetOrErrors } from './requirement-set';
import { requirementsFileSet } from './requirement-set';
import { notPinned, openLines, refusedLines, unfixedLines } from './unpinned-lines';
import { configSettingErrors } from './config-settings';
import { lineErrors, unhashed } from './requirements-check';
import { keyOf, unknownIncludes } from './policy-errors';
import { conflicts } from './requirements-conflicts';
import { hashModeErrors } from './hash-mode';
import { foreignWheels } from './foreign-wheels';
import type { ProjectDeclaration, RequirementsSnapshot, SourceSnapshot } from '../source-snapshot';

/**
 * What is installed for a target, whatever declares it; null where it is nothing. Functions that share a declaration share
 * the answer.
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

const setsOf = byIdentity((_: RequirementsSnapshot | ProjectDeclaration) => new Map<string, SetOrErrors>());

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
