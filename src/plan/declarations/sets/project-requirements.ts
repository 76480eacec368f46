import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import { unpinned } from '../local-packages/followed-errors';
import { coversSources, followedLine, followPackages } from '../local-packages/followed-packages';
import { nameFurtherIndexes } from './further-indexes';
import { indexLines } from '../lines/index-lines';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import type { LocalNeeds } from '../../packaging/local/local-needs';
import { normalizeName } from '../../packaging/requirement/package-name';
import { lockCommandOf } from '../../errors/lock-command';
import type { NotPinned } from '../../errors/not-pinned';
import { builtRequirements, isWheel } from '../lines/must-build';
import { prereleaseNames } from '../lines/prerelease-names';
import { projectLayout } from '../local-packages/project-layout';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { RequirementSet } from './requirement-set';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import { markerOf, openLines, toldLines, unfixed } from '../line-checks/unpinned-lines';
import type { UvSettings } from '../../model/uv-settings';
import { variablesIn } from '../lines/requirement-variables';
import { WITHOUT_SOURCES } from '../local-packages/without-sources';

const GENERATED = 'project-requirements.txt';

const namedBy = ({ source }: ProjectDeclaration, { locals }: DeclaredDependencies) => {
  const home = path.dirname(source.file);
  return locals.map((local) => ({ ...local, path: path.resolve(home, local.path) }));
};

/** The needs that the sources of a project's local packages add. */
export const followedBy = (declaration: ProjectDeclaration, project: DeclaredDependencies): LocalNeeds =>
  followPackages(namedBy(declaration, project), declaration.localPackages);

/** The requirements of a script, or of a project without a lock, as a requirements file; null if there are none. */
export const projectRequirements = (
  declaration: ProjectDeclaration,
  project: DeclaredDependencies,
  dependencies: DependencyRequest,
  markers: Readonly<Record<string, string>>,
  uv?: UvSettings,
): RequirementSet | null => {
  const { requirements, locals } = project;
  if (requirements.length + locals.length === 0) return null;
  const read = requirements.flatMap(({ text }) => {
    const parsed = parseRequirement(text);
    return isLeft(parsed) ? [] : [parsed.right];
  });
  const followed = followedBy(declaration, project);
  const all = [...namedBy(declaration, project), ...followed.locals];
  const { inputs, git, workingDirectory, reference } = projectLayout(
    declaration,
    all.map((local) => local.path),
  );
  // uv gets the requirements with their own index in another file.
  const isIndexed = ({ text, line }: DeclaredDependencies['requirements'][number]): boolean =>
    uv !== undefined &&
    uv.indexed.length > 0 &&
    project.indexed.some((each) => each.text === text && each.line === line);
  const name = coversSources(declaration.localPackages) ? WITHOUT_SOURCES : GENERATED;
  const text = [
    ...indexLines(dependencies),
    ...requirements.filter((each) => !isIndexed(each)).map((requirement) => requirement.text),
    ...all.map((local) => followedLine(local, reference(local.path))),
    ...followed.fetched.map((need) => need.text),
    '',
  ].join('\n');
  return {
    declaration: declaration.source.file,
    inputs,
    ...(git === undefined ? {} : { git }),
    generated: [{ path: path.posix.join(workingDirectory, name), text }],
    workingDirectory,
    requirements: [name],
    isLocked: false,
    isHashed: false,
    isExact: false,
    mayBeEmpty: [...read, ...locals].every(({ marker }) => marker !== null),
    // A wheel is installed as it is, and uv would refuse it in its list of packages to build.
    localPackages: [...new Set(all.filter((local) => !isWheel(local.path)).map((local) => local.name))],
    builds: builtRequirements(declaration.source.file, { requirements, locals }, markers),
    mayBuild: true,
    requested: [...read, ...locals].map(({ name }) => normalizeName(name)),
    ...(uv === undefined
      ? { ...prereleaseNames(read), ...(nameFurtherIndexes([text]) ? { isOrdered: true as const } : {}) }
      : { uv }),
    environment: variablesIn([text]),
    warnings: [
      ...projectNotPinned(declaration, project, dependencies, markers, toldLines),
      ...unpinned([
        ...requirements.map((each) => ({ ...each, file: declaration.source.file })),
        ...followed.fetched,
      ]),
    ],
  };
};

/** The command that locks a declaration. For a project, its settings show the tool. */
const lockCommand = (
  { kind, source: { file, text } }: ProjectDeclaration,
  { index, extraIndexes }: Pick<DependencyRequest, 'index' | 'extraIndexes'>,
): string => {
  if (kind === 'script')
    return lockCommandOf(file, { extraIndexes, ...(index === undefined ? {} : { index }) });
  if (/^\[tool\.poetry[\].]/m.test(text)) return 'poetry lock';
  return /^\[tool\.pdm[\].]/m.test(text) ? 'pdm lock' : 'uv lock';
};

/**
 * Reports a project or script without a lock. It lists only its direct dependencies, so the versions of their
 * dependencies are open even if each line names one version. A date (`resolvedAsOf`) fixes them.
 */
export const projectNotPinned = (
  declaration: ProjectDeclaration,
  { requirements }: DeclaredDependencies,
  dependencies: Pick<DependencyRequest, 'resolvedAsOf' | 'index' | 'extraIndexes'>,
  markers: Markers,
  listed: typeof toldLines,
): readonly NotPinned[] => {
  const { file } = declaration.source;
  const needed = requirements.filter(({ text }) => markerHolds(markerOf(text), markers));
  const open = openLines(
    needed.flatMap(({ text, line }) => unfixed(text, { file, line }, markers)),
    dependencies,
  );
  const isFixed = dependencies.resolvedAsOf === undefined ? needed.length === 0 : open.length === 0;
  return isFixed
    ? []
    : [{ _tag: 'NotPinned', file, lines: listed(open), command: lockCommand(declaration, dependencies) }];
};
