import type { Either } from 'fp-ts/Either';
import { isLeft } from 'fp-ts/Either';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PoetryDependency } from './poetry-dependency';
import { readPoetryDependency, readStandardDependency } from './poetry-dependency';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, tableAt, textAt, valueAt } from '../../values/toml-values';

type Dependencies = readonly Either<string, PoetryDependency>[];

const tabled = (table: TomlTable | undefined, python: string | null): Dependencies =>
  Object.entries(table ?? {})
    .filter(([name]) => name !== 'python')
    .flatMap(([name, value]) => readPoetryDependency(name, value, python));

const listed = (items: readonly unknown[], optional: boolean): Dependencies =>
  items.flatMap((item) => {
    const text = asText(item);
    return text === undefined ? [] : readStandardDependency(text, optional);
  });

/** The key of a table that means a name, however it is spelled there. */
const keyOf = (table: TomlTable | undefined, name: string): string | undefined =>
  Object.keys(table ?? {}).find((key) => normalizeName(key) === name);

const isText = (u: unknown): u is string => typeof u === 'string';

/** What a group has of its own: in `[tool.poetry.group]`, as `dev-dependencies`, and as PEP 735 has it. */
const ownDependencies = (manifest: TomlTable, group: string, python: string | null): Dependencies => {
  const poetry = tableAt(manifest, 'tool', 'poetry');
  const key = keyOf(tableAt(poetry, 'group'), group);
  const standard = keyOf(tableAt(manifest, 'dependency-groups'), group);
  return [
    ...(key === undefined ? [] : tabled(tableAt(poetry, 'group', key, 'dependencies'), python)),
    ...(group === 'dev' ? tabled(tableAt(poetry, 'dev-dependencies'), python) : []),
    ...(standard === undefined ? [] : listed(itemsAt(manifest, 'dependency-groups', standard), false)),
  ];
};

/** The groups that a group includes, by their normalized names. */
const includesOf = (manifest: TomlTable, group: string): readonly string[] => {
  const groups = tableAt(manifest, 'tool', 'poetry', 'group');
  const key = keyOf(groups, group);
  const standard = keyOf(tableAt(manifest, 'dependency-groups'), group);
  return [
    ...(key === undefined ? [] : itemsAt(groups, key, 'include-groups').filter(isText)),
    ...(standard === undefined ? [] : itemsAt(manifest, 'dependency-groups', standard)).flatMap(
      (item) => textAt(item, 'include-group') ?? [],
    ),
  ].map(normalizeName);
};

/** Groups and all that they include, each once. */
export const withIncluded = (manifest: TomlTable, groups: readonly string[]): readonly string[] => {
  const found = new Set<string>();
  const waiting = groups.map(normalizeName);
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (found.has(group)) continue;
    found.add(group);
    waiting.push(...includesOf(manifest, group));
  }
  return [...found];
};

/** The names of all groups of a manifest but the main one, as they are written there. */
export const poetryGroups = (manifest: TomlTable): readonly string[] => [
  ...Object.keys(tableAt(manifest, 'tool', 'poetry', 'group') ?? {}),
  ...(valueAt(manifest, 'tool', 'poetry', 'dev-dependencies') === undefined ? [] : ['dev']),
  ...Object.keys(tableAt(manifest, 'dependency-groups') ?? {}),
];

/** What the project itself needs always, or with an extra: of `[tool.poetry]`, else of `[project]`. */
const mainDependencies = (manifest: TomlTable, python: string | null): Dependencies => {
  const extras = Object.values(tableAt(manifest, 'project', 'optional-dependencies') ?? {});
  return [
    ...listed(itemsAt(manifest, 'project', 'dependencies'), false),
    ...extras.flatMap((items) => listed(Array.isArray(items) ? (items as unknown[]) : [], true)),
    ...(valueAt(manifest, 'project', 'dependencies') === undefined
      ? tabled(tableAt(manifest, 'tool', 'poetry', 'dependencies'), python)
      : []),
  ];
};

/**
 * What a project asks for itself.
 *
 * @param ofExtras - Normalized names of what the asked extras bring; another optional dependency is left out
 */
export const poetryRoots = (
  manifest: TomlTable,
  groups: readonly string[],
  ofExtras: readonly string[],
  python: string | null,
): Dependencies =>
  [
    ...mainDependencies(manifest, python),
    ...withIncluded(manifest, groups).flatMap((group) => ownDependencies(manifest, group, python)),
  ].filter(
    (root) => isLeft(root) || !root.right.optional || ofExtras.includes(normalizeName(root.right.name)),
  );
