import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../bundle-request';
import { indexLines } from './index-lines';
import type { DeclaredDependencies } from '../packaging/declared-dependencies';
import { normalizeName } from '../packaging/package-name';
import type { PlanWarning } from '../plan-warning';
import { projectLayout } from './project-layout';
import { parseRequirement } from '../packaging/requirement';
import { redactUrls } from '../redact';
import { isUnpinnedGit } from './requirements-check';
import type { RequirementSet } from './requirement-set';
import type { ProjectDeclaration } from '../source-snapshot';
import { variablesIn } from './variables';

const GENERATED = 'project-requirements.txt';

/** What a project without a lock, or a script, asks for, as a requirements file; null where it is nothing. */
export const projectRequirements = (
  declaration: ProjectDeclaration,
  { requirements, locals }: DeclaredDependencies,
  dependencies: DependencyRequest,
): RequirementSet | null => {
  if (requirements.length + locals.length === 0) return null;
  const named = requirements.flatMap(({ text }) => {
    const parsed = parseRequirement(text);
    return isLeft(parsed) ? [] : [parsed.right];
  });
  const home = path.dirname(declaration.source.file);
  const paths = locals.map((local) => path.resolve(home, local.path));
  const { inputs, workingDirectory, reference } = projectLayout(declaration, paths);
  const text = [
    ...indexLines(dependencies),
    ...requirements.map((requirement) => requirement.text),
    ...locals.map(({ path: local, extras, marker }) =>
      [
        reference(path.resolve(home, local)),
        extras.length === 0 ? '' : `[${extras.join(',')}]`,
        marker === null ? '' : ` ; ${marker}`,
      ].join(''),
    ),
    '',
  ].join('\n');
  return {
    declaration: declaration.source.file,
    inputs,
    generated: [{ path: path.posix.join(workingDirectory, GENERATED), text }],
    workingDirectory,
    requirements: [GENERATED],
    isLocked: false,
    mayBeEmpty: [...named, ...locals].every(({ marker }) => marker !== null),
    localPackages: locals.map(({ name }) => name),
    requested: [...named, ...locals].map(({ name }) => normalizeName(name)),
    environment: variablesIn([text]),
    warnings: projectWarnings(declaration, requirements),
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
  ...requirements
    .filter(({ text }) => isUnpinnedGit(text))
    .map(({ text, line }): PlanWarning => ({
      _tag: 'GitNotPinned',
      file,
      line,
      requirement: redactUrls(text),
    })),
];
