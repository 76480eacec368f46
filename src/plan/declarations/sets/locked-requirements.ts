import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { DependencyRequest } from '../../request/bundle-request';
import { forcedByProject } from './forced-by-project';
import { configSettings } from '../local-packages/config-settings';
import { coversSources } from '../local-packages/followed-packages';
import { indexProblems } from '../line-checks/index-problems';
import { asLocked, indexesOfPackage, lockedRuns } from './locked-indexes';
import type { GeneratedFile } from '../../model/install-plan';
import { ownLockIn } from './own-lock-outdated';
import { urlsOf } from '../../locks/locked/assemble-locked-set';
import type { LockedPackage, LockedSet } from '../../locks/locked/locked-set';
import { nameOf } from '../../locks/locked/locked-set';
import type { IndexCredentials } from '../../variables/index-credentials';
import { variablesOfIndex } from '../../variables/index-credentials';
import type { ProjectIndex } from '../../locks/locked/project-indexes';
import { projectIndexes } from '../../locks/locked/project-indexes';
import { targetMarkers } from '../../packaging/tags/marker-environment';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import { notPackages } from './not-a-package';
import { hashErrors } from './unhashed-packages';
import { projectLayout } from '../local-packages/project-layout';
import type { RequirementSet } from './requirement-set';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { variablesIn } from '../lines/requirement-variables';
import { hasFileFor, hasWheelFor } from '../../packaging/tags/wheel-tag';
import { WITHOUT_SOURCES } from '../local-packages/without-sources';
import { toolBuilds } from '../other-tools/tool-builds';
import { uncheckedLines } from '../line-checks/unchecked-hosts';
import { wheelErrors } from '../lines/asked-wheel';
import { oddPackage } from '../line-checks/unsafe-lock-line';

/**
 * Names of the generated files. pip refuses a requirement without a hash beside one with a hash, so requirements
 * without one, such as folders, have their own file.
 */
const LOCKED = 'locked-requirements.txt';
const WITHOUT_HASHES = 'locked-without-hashes.txt';

/** The packages of a lock for a target, as requirements files for any installer; null if there are none. */
export const lockedRequirements = (
  declaration: ProjectDeclaration,
  { packages, requested }: LockedSet,
  given: DependencyRequest,
  target: TargetRuntime,
): Either<readonly PlanError[], RequirementSet | null> => {
  const { file } = declaration.source;
  const dependencies = optionsFor(declaration.kind, given);
  const forced = forcedByProject(declaration, packages);
  const mayBeBuilt = (locked: LockedPackage): boolean =>
    forced.includes(locked.name) || isBuilt(locked) || !hasKnownWheel(locked, target);
  const namesOf = (isMeant: (locked: LockedPackage) => boolean): readonly string[] =>
    packages.filter(isMeant).map(({ name }) => name);
  const builds = toolBuilds(
    declaration,
    namesOf(mayBeBuilt),
    namesOf((locked) => isBuilt(locked) || hasNoWheel(locked, target)),
  );
  const asked = {
    ...dependencies,
    own: indexOptions(ownLockIn(declaration)?.requirements ?? []),
    project:
      forced.length > 0 || namesIndexes(packages) ? asLocked(projectIndexes(declaration), packages) : [],
  };
  const wayOf = (locked: LockedPackage) => (forced.includes(locked.name) ? 'build' : ownWay(locked, target));
  const runs = lockedRuns(packages, (locked) => {
    const lines = indexesOfPackage(locked, wayOf(locked), asked);
    return lines === undefined ? undefined : [...lines, ...uncheckedLines(asked.project, lines)];
  });
  const errors = [
    ...builds.problems,
    ...indexProblems(
      declaration,
      asked.project,
      packages,
      runs.flatMap(({ indexes }) => indexes),
    ),
    ...packages
      .filter(hasSecret)
      .map(({ line }): PlanError => ({ _tag: 'CredentialsInDeclaration', file, line })),
    ...packages.flatMap((locked) => lineErrors(locked, file)),
    ...packages.flatMap((locked) => fileErrors(locked, file, target)),
    ...hashErrors(packages, file, dependencies),
    ...notPackages(
      declaration.localPackages,
      packages.flatMap(({ source, line }) =>
        source._tag === 'Local' ? { path: path.resolve(path.dirname(file), source.path), file, line } : [],
      ),
    ),
  ];
  if (errors.length > 0) return left(errors);
  if (packages.length === 0) return right(null);
  const home = path.dirname(file);
  const locals = packages.flatMap(({ source }) =>
    source._tag === 'Local' ? path.resolve(home, source.path) : [],
  );
  const { inputs, git, workingDirectory, reference } = projectLayout(declaration, locals);
  const lineOf = (locked: LockedPackage): string => requirementLine(locked, home, reference);
  const isHashed = ({ hashes }: LockedPackage): boolean => dependencies.hashes && hashes.length > 0;
  // The lock has every source. uv would look for the workspace of a member, which is not among the inputs.
  const leavesSources = coversSources(
    declaration.localPackages.filter((local) => locals.includes(local.path)),
  );
  const forcedLines = (some: readonly LockedPackage[]): readonly string[] =>
    some.flatMap(({ name }) => (forced.includes(name) ? `--no-binary ${name}` : []));
  const texts = runs.map((run, at) =>
    [
      {
        name: nameIn(at, LOCKED),
        indexes: [...run.indexes, ...forcedLines(run.packages.filter(isHashed))],
        lines: run.packages
          .filter(isHashed)
          .map((locked) => [lineOf(locked), ...locked.hashes.map((hash) => `--hash=${hash}`)].join(' ')),
      },
      {
        name: nameIn(at, leavesSources ? WITHOUT_SOURCES : WITHOUT_HASHES),
        indexes: [...run.indexes, ...forcedLines(run.packages.filter((locked) => !isHashed(locked)))],
        lines: run.packages.filter((locked) => !isHashed(locked)).map(lineOf),
      },
    ].filter(({ lines }) => lines.length > 0),
  );
  const hashesDecide = runs.flatMap((run, at) =>
    run.indexes.some((line) => line.startsWith('--extra-index-url ')) &&
    run.packages.some(isHashed) &&
    !run.packages.some((locked) => isHashed(locked) && wayOf(locked) === 'build')
      ? nameIn(at, LOCKED)
      : [],
  );
  const generated = texts.flat().map(({ name, indexes, lines }): GeneratedFile => ({
    path: path.posix.join(workingDirectory, name),
    text: [...indexes, ...lines, ''].join('\n'),
  }));
  const files = texts.flatMap((run) => {
    const names = run.map(({ name }) => name);
    // uv has one strategy for a run, and packages without hashes need the one that follows the order of the indexes.
    return names.some((name) => hashesDecide.includes(name)) ? names.map((name) => [name]) : [names];
  });
  return right({
    declaration: file,
    inputs,
    ...(git === undefined ? {} : { git }),
    generated,
    workingDirectory,
    requirements: files.flat(),
    ...(files.length === 1 ? {} : { runs: files }),
    ...(hashesDecide.length === 0 ? {} : { hashesDecide }),
    ...credentialsOf(declaration.kind, asked.project, generated),
    ...(asksFurther(declaration.kind, packages, dependencies) ||
    packages.some((locked) => wayOf(locked) === 'build')
      ? { furtherIndexes: true as const }
      : {}),
    isLocked: true,
    isHashed: forced.length === 0 && packages.every((locked) => isHashed(locked) && !isBuilt(locked)),
    isExact: packages.every(({ hashes }) => hashes.length <= 1),
    mayBeEmpty: false,
    localPackages: packages.filter(isBuilt).map(({ name }) => name),
    builds: packages
      .filter((locked) => isBuilt(locked) || wayOf(locked) === 'build')
      .map((locked) => ({ requirement: nameOf(locked), file, line: locked.line })),
    mayBuild: packages.some(mayBeBuilt),
    ...(builds.uv === undefined ? {} : { uv: builds.uv }),
    // A lock cannot hold these settings: they stay with the lines that it was made from.
    ...(declaration.requirements === undefined
      ? {}
      : configSettings(declaration.requirements, targetMarkers(target), reference)),
    requested: requested.map(normalizeName),
    environment: variablesIn(generated.map(({ text }) => text)),
    warnings: [],
  });
};

/** Whether a package is always built, because there is no wheel of it. */
const isBuilt = ({ source }: LockedPackage): boolean =>
  source._tag === 'Git' ||
  ((source._tag === 'Local' || source._tag === 'Url') &&
    !/\.whl$/.test(source._tag === 'Url' ? source.url : source.path));

/** Whether none of the files that the lock lists for a package is a wheel for a target. */
const hasNoWheel = ({ source, files }: LockedPackage, target: TargetRuntime): boolean =>
  source._tag === 'Index' && files !== null && !hasWheelFor(files, target);

/** Whether the lock lists a wheel for a target, so that the package need not be built. */
const hasKnownWheel = ({ source, files }: LockedPackage, target: TargetRuntime): boolean =>
  source._tag !== 'Index' || (files !== null && hasWheelFor(files, target));

/** The lines of a requirements file that name indexes: uv writes no index into a pylock.toml. */
const indexOptions = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) =>
    /^(-i|--index-url|--extra-index-url|--pypi-url|--no-index|-f|--find-links|--trusted-host)\b/.test(line),
  );

/** Whether a project's own indexes can matter: a package comes from one of them, or is built. */
const namesIndexes = (packages: readonly LockedPackage[]): boolean =>
  packages.some(
    (locked) =>
      isBuilt(locked) ||
      (locked.source._tag === 'Index' &&
        (locked.source.url !== null || (locked.source.others ?? locked.source.links) !== undefined)),
  );

/**
 * Whether a lock does not fix the index of its packages: PDM and pylock.toml may omit it, and options may remove it.
 */
const asksFurther = (
  kind: ProjectDeclaration['kind'],
  packages: readonly LockedPackage[],
  { urls }: DependencyRequest,
): boolean =>
  kind === 'pdm' ||
  kind === 'pylock' ||
  packages.some(({ source }) => source._tag === 'Index' && source.others !== undefined) ||
  (!urls && packages.some(({ source }) => source._tag === 'Index' && source.url !== null));

/** How a package is installed. It is built if there is certainly no wheel. */
const ownWay = (locked: LockedPackage, target: TargetRuntime) => {
  if (isBuilt(locked) || hasNoWheel(locked, target)) return 'build';
  return locked.source._tag === 'Index' ? 'download' : 'none';
};

/** The variables of the indexes that the generated files name. */
const credentialsOf = (
  kind: ProjectDeclaration['kind'],
  project: readonly ProjectIndex[],
  generated: readonly GeneratedFile[],
) => {
  const lines = new Set(generated.flatMap(({ text }) => text.split('\n')));
  const credentials = project.flatMap(({ name, url }): readonly IndexCredentials[] => {
    const isAsked = ['--index-url', '--extra-index-url'].some((option) => lines.has(`${option} ${url}`));
    const variables = name === null ? undefined : variablesOfIndex(kind, name);
    return url === null || !isAsked || variables === undefined ? [] : [{ url, variables }];
  });
  return credentials.length === 0 ? {} : { credentials };
};

/** The name of a generated file in a run. Names of later runs have a number. */
const nameIn = (at: number, name: string): string =>
  at === 0 ? name : name.replace(/(?=\.txt$)/, `-${at + 1}`);

const requirementLine = (
  { name, version, source }: LockedPackage,
  home: string,
  reference: (absolute: string) => string,
): string => {
  const part = (subdirectory: string | null): string =>
    subdirectory === null ? '' : `#subdirectory=${subdirectory}`;
  switch (source._tag) {
    case 'Index':
      return version === null ? name : `${name}==${version}`;
    case 'Url':
      return `${name} @ ${source.url}${part(source.subdirectory)}`;
    case 'Git':
      return `${name} @ git+${source.url}@${source.commit}${part(source.subdirectory)}`;
    case 'Local':
      return reference(path.resolve(home, source.path));
  }
};

/** Whether a lock names a user's password, which would become part of plans. */
const hasSecret = ({ source }: LockedPackage): boolean => urlsOf(source).some(hasCredentials);

const lineErrors = (locked: LockedPackage, file: string): readonly PlanError[] => {
  const reason = oddPackage(locked);
  return reason === undefined ? [] : [{ _tag: 'InvalidDeclaration', file, line: locked.line, reason }];
};

const fileErrors = (locked: LockedPackage, file: string, target: TargetRuntime): readonly PlanError[] => {
  const { line, source, files } = locked;
  switch (source._tag) {
    case 'Index':
      return files === null || hasFileFor(files, target)
        ? []
        : [{ _tag: 'NoFileForTarget', file, line, requirement: nameOf(locked), files }];
    case 'Url':
      return wheelErrors({ place: source.url, marker: null }, target, { file, line });
    case 'Local':
      return wheelErrors({ place: source.path, marker: null }, target, { file, line });
    case 'Git':
      return [];
  }
};

/** `poetryIncludeHashes` and `poetryWithoutUrls` apply only to a poetry.lock, and have no effect on other locks. */
const optionsFor = (kind: ProjectDeclaration['kind'], given: DependencyRequest): DependencyRequest =>
  kind === 'poetry' ? given : { ...given, hashes: true, urls: true };
