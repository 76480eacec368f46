import * as path from 'node:path';
import { flatMap, isLeft, left, mapLeft, right } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { DependencyRequest } from '../../request/bundle-request';
import { wheelErrors } from '../lines/asked-wheel';
import { chosenInVain } from './unused-groups-and-extras';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import { followedErrors, hasSecret, markerErrors, namesIndex } from '../local-packages/followed-errors';
import { isLockKind, LOCK_READERS } from '../../locks/lock-readers';
import { withLockCommand } from '../own-lock/relock-command';
import { ownLockIn, ownLockOutdated } from './own-lock-outdated';
import type { LockedSet } from '../../locks/locked/locked-set';
import { lockedRequirements } from './locked-requirements';
import { targetMarkers } from '../../packaging/tags/marker-environment';
import type { PlanError } from '../../errors/plan-error';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { followedBy, projectNotPinned, projectRequirements } from './project-requirements';
import { keyOf } from '../lines/policy-errors';
import { notPackages } from './not-a-package';
import { refusedLines } from '../line-checks/unpinned-lines';
import { readProject } from './read-project';
import { redactUrls } from '../../values/redact';
import type { SetOrErrors } from './requirement-set';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { pythonErrors } from '../../packaging/tags/requires-python';
import { otherToolErrors } from '../other-tools/poetry-pdm-settings';
import { parseToml } from '../../packaging/project/toml-file';
import { conflictErrors } from '../uv-settings/conflicts';
import { unlockedSettings, withBuildSettings } from './declared-settings';
import { oddRequirement } from '../line-checks/unsafe-lock-line';

/** The requirement set of a lock, a script or a project without a lock for a target; null if nothing is installed. */
export const projectSet = (
  declaration: ProjectDeclaration,
  dependencies: DependencyRequest,
  target: TargetRuntime,
): SetOrErrors => {
  const { kind, source, manifest, root } = declaration;
  const { groups, extras } = dependencies;
  const outdated = ownLockOutdated(declaration, dependencies);
  const excluded = conflictErrors(declaration, dependencies);
  if (outdated.length + excluded.length > 0) return left([...outdated, ...excluded]);
  if (!isLockKind(kind)) return readUnlocked(declaration, dependencies, target);
  const set = flatMap((locked: LockedSet) =>
    withBuildSettings(
      declaration,
      dependencies,
      lockedRequirements(declaration, locked, dependencies, target),
    ),
  )(
    LOCK_READERS[kind]({
      ...{ source, manifest, groups, extras, markers: targetMarkers(target) },
      ...(root === undefined ? {} : { root }),
      localPackages: declaration.localPackages,
    }),
  );
  const own = isLeft(set) ? ownLockIn(declaration) : undefined;
  return own === undefined || manifest === null
    ? set
    : mapLeft((errors: readonly PlanError[]) =>
        withLockCommand(errors, own, manifest.file, dependencies, target),
      )(set);
};

const lineErrors = (
  { text, line }: DeclaredDependencies['requirements'][number],
  file: string,
): readonly PlanError[] => {
  const reason = oddRequirement(text);
  // Such a requirement has its own error.
  return reason === undefined || namesFile(text)
    ? []
    : [{ _tag: 'InvalidRequirement', file, line, text: redactUrls(text), reason }];
};

/** Whether a requirement has a `file:` URL. */
const namesFile = (text: string): boolean => /@\s*file:/i.test(text);

/** Reads a declaration without a lock. No versions are fixed, so no requirement can have a hash. */
const readUnlocked = (
  declaration: ProjectDeclaration,
  dependencies: DependencyRequest,
  target: TargetRuntime,
): SetOrErrors =>
  flatMap((project: DeclaredDependencies): SetOrErrors => {
    const { file } = declaration.source;
    const { requirements, requiresPython } = project;
    const { requiredBy } = dependencies;
    const isIndexNamed = namesIndex(dependencies);
    const unlocked = unlockedSettings(declaration, project, dependencies, targetMarkers(target));
    const errors: readonly PlanError[] = [
      ...requirements.flatMap((requirement) => lineErrors(requirement, file)),
      ...(declaration.kind === 'script' ? chosenInVain(file, dependencies) : []),
      ...requirements
        .filter(({ text }) => hasSecret(text))
        .map(({ line }) => ({ _tag: 'CredentialsInDeclaration', file, line }) as const),
      ...(requiresPython === null ? [] : pythonErrors(file, requiresPython, target.python)),
      ...project.locals.flatMap((local) => markerErrors({ file, ...local })),
      ...notPackages(
        declaration.localPackages,
        project.locals.map(({ path: place, line }) => ({
          path: path.resolve(path.dirname(file), place),
          file,
          line,
        })),
      ),
      ...foreignFiles(file, project, target),
      ...requirements
        .filter(({ text }) => namesFile(text))
        .map(({ text, line }) => ({ _tag: 'LocalUrl', file, line, text: redactUrls(text) }) as const),
      ...unlocked.problems,
      ...otherToolProblems(declaration, isIndexNamed),
      ...followedErrors(followedBy(declaration, project), dependencies, isIndexNamed),
      ...(dependencies.requireHashes && requirements.length > 0
        ? [
            {
              _tag: 'NotHashed',
              file,
              requirements: requirements.map(({ text }) => redactUrls(text)),
              ...keyOf(requiredBy?.hashes),
            } as const,
          ]
        : []),
      ...(dependencies.requirePinned === true
        ? projectNotPinned(declaration, project, dependencies, targetMarkers(target), refusedLines).map(
            (error) => ({ ...error, ...keyOf(requiredBy?.pinned) }),
          )
        : []),
    ];
    return errors.length > 0
      ? left(errors)
      : right(projectRequirements(declaration, project, dependencies, targetMarkers(target), unlocked.uv));
  })(readProject(declaration, dependencies));

const otherToolProblems = (
  { kind, source }: ProjectDeclaration,
  isIndexNamed: boolean,
): readonly PlanError[] => {
  const table = kind === 'script' ? undefined : parseToml(source);
  return table === undefined || isLeft(table) ? [] : otherToolErrors(source, table.right, isIndexNamed);
};

const foreignFiles = (
  file: string,
  { requirements, locals }: DeclaredDependencies,
  target: TargetRuntime,
): readonly PlanError[] => [
  ...requirements.flatMap(({ text, line }) => {
    const read = parseRequirement(text);
    return isLeft(read) || read.right.url === null
      ? []
      : wheelErrors({ place: read.right.url, marker: read.right.marker }, target, { file, line });
  }),
  ...locals.flatMap(({ path: place, marker, line }) =>
    wheelErrors({ place, marker }, target, { file, line }),
  ),
];
