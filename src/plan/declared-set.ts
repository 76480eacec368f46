import type { Either } from 'fp-ts/Either';
import { flatMap, left, right } from 'fp-ts/Either';
import type { TargetRuntime } from './bundle-plan';
import type { BundleRequest, DependencyRequest } from './bundle-request';
import { byIdentity } from './by-identity';
import { isLockKind, LOCK_READERS } from './lock-readers';
import type { LockedSet } from './locked-set';
import { lockedRequirements } from './locked-requirements';
import { targetMarkers } from './marker-environment';
import type { PlanError } from './plan-error';
import type { DeclaredDependencies } from './declared-dependencies';
import { readProject } from './read-project';
import { projectRequirements } from './project-requirements';
import type { RequirementSet } from './requirement-set';
import { requirementsFileSet } from './requirement-set';
import { allowsPython } from './specifier';
import { lineErrors, unhashed } from './requirements-check';
import { redactUrls } from './redact';
import { requestedLines } from './requested-lines';
import { hasCredentials } from './url-credentials';
import type { ProjectDeclaration, RequirementsSnapshot, SourceSnapshot } from './source-snapshot';

type SetOrErrors = Either<readonly PlanError[], RequirementSet | null>;

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
): SetOrErrors => {
  if ('texts' in declaration) return readFile(declaration, dependencies);
  const { kind, source, manifest } = declaration;
  const { groups, extras } = dependencies;
  return isLockKind(kind)
    ? flatMap((set: LockedSet) => lockedRequirements(declaration, set, dependencies, target))(
        LOCK_READERS[kind]({ source, manifest, groups, extras, markers: targetMarkers(target) }),
      )
    : readUnlocked(declaration, dependencies, target);
};

/** Groups and extras that are asked for of what has none. */
const chosenInVain = (file: string, { groups, extras }: DependencyRequest): readonly PlanError[] => [
  ...groups.map((name) => ({ _tag: 'UnknownGroup', file, kind: 'group', name, known: [] }) as const),
  ...extras.map((name) => ({ _tag: 'UnknownGroup', file, kind: 'extra', name, known: [] }) as const),
];

const readFile = (requirements: RequirementsSnapshot, dependencies: DependencyRequest): SetOrErrors => {
  const errors = [
    ...chosenInVain(requirements.texts[0].file, dependencies),
    ...lineErrors(requirements),
    ...(dependencies.requireHashes ? unhashed(requirements, requestedLines(requirements)) : []),
  ];
  return errors.length > 0 ? left(errors) : right(requirementsFileSet(requirements, dependencies));
};

/** Nothing says which versions are installed, so nothing of it can have a hash. */
const readUnlocked = (
  declaration: ProjectDeclaration,
  dependencies: DependencyRequest,
  { python }: TargetRuntime,
): SetOrErrors =>
  flatMap((project: DeclaredDependencies): SetOrErrors => {
    const { file } = declaration.source;
    const { requirements, requiresPython } = project;
    const errors: readonly PlanError[] = [
      ...(declaration.kind === 'script' ? chosenInVain(file, dependencies) : []),
      ...requirements
        .filter(({ text }) => hasCredentials(text.replace(/^[^@]*@\s*(git\+)?/, '')))
        .map(({ line }) => ({ _tag: 'CredentialsInDeclaration', file, line }) as const),
      ...(requiresPython === null || allowsPython(requiresPython.text, python)
        ? []
        : [
            {
              _tag: 'PythonNotSupported',
              file,
              line: requiresPython.line,
              requires: requiresPython.text,
              python,
            } as const,
          ]),
      ...(dependencies.requireHashes && requirements.length > 0
        ? [
            {
              _tag: 'NotHashed',
              file,
              requirements: requirements.map(({ text }) => redactUrls(text)),
            } as const,
          ]
        : []),
    ];
    return errors.length > 0 ? left(errors) : right(projectRequirements(declaration, project, dependencies));
  })(readProject(declaration, dependencies));
