import type { Either } from 'fp-ts/Either';
import { isLeft, isRight, left, right } from 'fp-ts/Either';
import type { DeclaredDependencies, ReadRequirement, WrittenRequirement } from './declared-dependencies';
import { readWritten, withSources } from './declared-dependencies';
import { withInherited } from './inherited-sources';
import { joinMarkers } from '../requirement/marker-text';
import { normalizeName } from '../requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import type { DeclaredText } from './pyproject-tables';
import { groupDependencies, groupNames, optionalDependencies, projectDependencies } from './pyproject-tables';
import type { ProjectFile } from '../../model/source-snapshot';
import { parseToml } from './toml-file';
import { lineOfKey, lineOfString } from './toml-lines';
import type { Section } from './uv-sources';
import { unknownGroups } from './unknown-groups-and-extras';
import type { TomlTable } from '../../values/toml-values';
import { itemsAt, tableAt, textAt, valueAt } from '../../values/toml-values';

/** Which groups and extras are asked for; their names need not be normalized. */
interface PyprojectQuestion {
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

/** Whether the file lists dependencies for Poetry (`[tool.poetry.dependencies]`), beside the Python it needs. */
export const hasPoetryDependencies = (table: TomlTable): boolean =>
  Object.keys(tableAt(table, 'tool', 'poetry', 'dependencies') ?? {}).some((name) => name !== 'python');

const written = (
  text: string,
  found: readonly DeclaredText[],
  section: Section,
): readonly WrittenRequirement[] =>
  found.map((each) => ({
    text: each.text,
    line: lineOfString(text, each.text, lineOfKey(text, each.at)),
    section,
  }));

/** The requirements of an extra, also of those that it takes in by naming the project itself (`all = ["project[fast]"]`). */
const expandExtras = (
  { text }: ProjectFile,
  table: TomlTable,
  wanted: readonly { readonly extra: string; readonly marker: string | null }[],
  file: string,
): ReturnType<typeof readWritten> => {
  const own = normalizeName(textAt(table, 'project', 'name') ?? '');
  const all = optionalDependencies(table);
  const read: ReadRequirement[] = [];
  const problems: PlanError[] = [];
  const seen = new Set<string>();
  const waiting = [...wanted];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { extra, marker } = next;
    const key = JSON.stringify([extra, marker]);
    if (seen.has(key)) continue;
    seen.add(key);
    const found = readWritten(file, written(text, all.get(extra) ?? [], { extra, group: null }));
    problems.push(...found.problems);
    for (const each of found.read) {
      const joined = joinMarkers([marker, each.requirement.marker]);
      if (normalizeName(each.requirement.name) === own)
        waiting.push(
          ...each.requirement.extras.map((name) => ({ extra: normalizeName(name), marker: joined })),
        );
      else read.push({ ...each, requirement: { ...each.requirement, marker: joined } });
    }
  }
  return { read, problems };
};

const unknownNames = (
  file: string,
  table: TomlTable,
  { groups, extras }: PyprojectQuestion,
): readonly PlanError[] => [
  ...unknownGroups(file, 'group', groups, groupNames(table)),
  ...unknownGroups(file, 'extra', extras, [...optionalDependencies(table).keys()]),
];

const dynamicProblems = (
  { file, text }: ProjectFile,
  table: TomlTable,
  { extras }: PyprojectQuestion,
): readonly PlanError[] => {
  const dynamic = itemsAt(table, 'project', 'dynamic');
  const isDynamic =
    dynamic.includes('dependencies') || (extras.length > 0 && dynamic.includes('optional-dependencies'));
  return isDynamic
    ? [{ _tag: 'DynamicDependencies', file, line: lineOfKey(text, ['project', 'dynamic']) }]
    : [];
};

/** The arrays of requirements that are there must be arrays of texts: what else stands there would be left out silently. */
const shapeProblems = ({ file, text }: ProjectFile, table: TomlTable): readonly PlanError[] => {
  const lists = [
    ['project', 'dependencies'],
    ...Object.keys(tableAt(table, 'project', 'optional-dependencies') ?? {}).map((name) => [
      'project',
      'optional-dependencies',
      name,
    ]),
  ];
  return lists
    .filter((at) => {
      const value = valueAt(table, ...at);
      return (
        value !== undefined && !(Array.isArray(value) && value.every((item) => typeof item === 'string'))
      );
    })
    .map((at) => ({
      _tag: 'InvalidDeclaration',
      file,
      line: lineOfKey(text, at),
      reason: `${at.join('.')} is not a list of texts`,
    }));
};

const groupRequirements = (
  { file, text }: ProjectFile,
  table: TomlTable,
  group: string,
): Either<readonly PlanError[], readonly WrittenRequirement[]> => {
  const found = groupDependencies(table, group);
  return isLeft(found)
    ? left([
        {
          _tag: 'InvalidDeclaration',
          file,
          line: lineOfKey(text, ['dependency-groups', group]),
          reason: found.left,
        },
      ])
    : right(written(text, found.right, { extra: null, group: normalizeName(group) }));
};

/**
 * What a `pyproject.toml` asks for by itself: `[project] dependencies`, with some extras and dependency groups.
 *
 * @param workspaceRoot - The pyproject.toml of the workspace that it is in, whose sources count as well
 * @see PEP 621, PEP 735
 */
export const readPyproject = (
  source: ProjectFile,
  question: PyprojectQuestion,
  workspaceRoot?: ProjectFile,
): Either<readonly PlanError[], DeclaredDependencies> => {
  const { file, text } = source;
  const parsed = parseToml(source);
  if (isLeft(parsed)) return left([parsed.left]);
  const table = parsed.right;
  const dynamic = dynamicProblems(source, table, question);
  const unknown = [
    ...dynamic,
    ...shapeProblems(source, table),
    ...(dynamic.length > 0 ? [] : unknownNames(file, table, question)),
  ];
  if (unknown.length > 0) return left(unknown);
  const groups = question.groups.map((group) => groupRequirements(source, table, group));
  const base = readWritten(file, [
    ...written(text, projectDependencies(table), { extra: null, group: null }),
    ...groups.flatMap((group) => (isRight(group) ? group.right : [])),
  ]);
  const own = normalizeName(textAt(table, 'project', 'name') ?? '');
  const isOwn = ({ requirement }: ReadRequirement): boolean => normalizeName(requirement.name) === own;
  const extras = expandExtras(
    source,
    table,
    [
      ...question.extras.map((extra) => ({ extra: normalizeName(extra), marker: null })),
      ...base.read
        .filter(isOwn)
        .flatMap(({ requirement: { extras: named, marker } }) =>
          named.map((extra) => ({ extra: normalizeName(extra), marker })),
        ),
    ],
    file,
  );
  const problems = [
    ...groups.flatMap((group) => (isLeft(group) ? group.left : [])),
    ...base.problems,
    ...extras.problems,
  ];
  const requires = textAt(table, 'project', 'requires-python');
  const requiresPython =
    requires === undefined ? null : { text: requires, line: lineOfKey(text, ['project', 'requires-python']) };
  return problems.length > 0
    ? left(problems)
    : right(
        withSources(
          withInherited(table, file, workspaceRoot),
          [...base.read.filter((each) => !isOwn(each)), ...extras.read],
          requiresPython,
        ),
      );
};
