import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../bundle-request';
import { unpinned } from './followed-errors';
import { coversSources, followedLine, followPackages } from './followed-packages';
import { indexLines } from './index-lines';
import type { DeclaredDependencies } from '../packaging/declared-dependencies';
import type { LocalNeeds } from '../packaging/local-needs';
import { normalizeName } from '../packaging/package-name';
import type { PlanWarning } from '../plan-warning';
import { builtRequirements } from './must-build';
import { projectLayout } from './project-layout';
import { parseRequirement } from '../packaging/requirement';
import type { RequirementSet } from './requirement-set';
import type { ProjectDeclaration } from '../source-snapshot';
import { mentionedIn, variablesIn } from './variables';
import { WITHOUT_SOURCES } from '../without-sources';

const GENERATED = 'project-requirements.txt';

const namedBy = ({ source }: ProjectDeclaration, { locals }: DeclaredDependencies) => {
  const home = path.dirname(source.file);
  return locals.map((local) => ({ ...local, path: path.resolve(home, local.path) }));
};

/** What the local packages of a project ask for by their sources. */
export const followedBy = (declaration: ProjectDeclaration, project: DeclaredDependencies): LocalNeeds =>
  followPackages(namedBy(declaration, project), declaration.localPackages);

/** What a project without a lock, or a script, asks for, as a requirements file; null where it is nothing. */
export const projectRequirements = (
  declaration: ProjectDeclaration,
  project: DeclaredDependencies,
  dependencies: DependencyRequest,
  markers: Readonly<Record<string, string>>,
): RequirementSet | null => {
  const { requirements, locals } = project;
  if (requirements.length + locals.length === 0) return null;
  const read = requirements.flatMap(({ text }) => {
    const parsed = parseRequirement(text);
    return isLeft(parsed) ? [] : [parsed.right];
  });
  const followed = followedBy(declaration, project);
  const all = [...namedBy(declaration, project), ...followed.locals];
  const { inputs, workingDirectory, reference } = projectLayout(
    declaration,
    all.map((local) => local.path),
  );
  const name = coversSources(declaration.localPackages) ? WITHOUT_SOURCES : GENERATED;
  const text = [
    ...indexLines(dependencies),
    ...requirements.map((requirement) => requirement.text),
    ...all.map((local) => followedLine(local, reference(local.path))),
    ...followed.fetched.map((need) => need.text),
    '',
  ].join('\n');
  return {
    declaration: declaration.source.file,
    inputs,
    generated: [{ path: path.posix.join(workingDirectory, name), text }],
    workingDirectory,
    requirements: [name],
    isLocked: false,
    isHashed: false,
    mayBeEmpty: [...read, ...locals].every(({ marker }) => marker !== null),
    localPackages: [...new Set(all.map((local) => local.name))],
    builds: builtRequirements(declaration.source.file, { requirements, locals }, markers),
    mayBuild: true,
    isChecked: false,
    requested: [...read, ...locals].map(({ name }) => normalizeName(name)),
    environment: variablesIn([text]),
    mentioned: mentionedIn([text]),
    warnings: [...projectWarnings(declaration, requirements), ...unpinned(followed.fetched)],
  };
};

/** How a project is locked, by the tool that it has settings of. */
const lockCommand = (pyproject: string): string =>
  /^\[tool\.poetry[\].]/m.test(pyproject)
    ? 'poetry lock'
    : /^\[tool\.pdm[\].]/m.test(pyproject)
      ? 'pdm lock'
      : 'uv lock';

/** A script's author writes its versions beside its code; a project is expected to have a lock. */
const projectWarnings = (
  { kind, source: { file, text } }: ProjectDeclaration,
  requirements: DeclaredDependencies['requirements'],
): readonly PlanWarning[] => [
  ...(kind === 'script' ? [] : [{ _tag: 'NotLocked', file, command: lockCommand(text) } as const]),
  ...unpinned(requirements.map((requirement) => ({ ...requirement, file }))),
];
