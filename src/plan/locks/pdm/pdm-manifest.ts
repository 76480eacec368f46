import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, tableAt, textAt, textsAt } from '../../values/toml-values';

/** The lists of a table under a normalized name, whatever its spelling in the table. */
const listsAt = (table: TomlTable | undefined, name: string): readonly unknown[] =>
  Object.keys(table ?? {})
    .filter((key) => normalizeName(key) === name)
    .flatMap((key) => itemsAt(table, key));

const developmentLists = (manifest: TomlTable, group: string): readonly unknown[] => [
  ...listsAt(tableAt(manifest, 'dependency-groups'), group),
  ...listsAt(tableAt(manifest, 'tool', 'pdm', 'dev-dependencies'), group),
];

/** The requirements of groups, and of the groups that they include. */
const ofGroups = (manifest: TomlTable, groups: readonly string[]): readonly string[] => {
  const visited = new Set<string>();
  const visit = (name: string): readonly string[] => {
    const group = normalizeName(name);
    if (visited.has(group)) return [];
    visited.add(group);
    return developmentLists(manifest, group).flatMap((item) => {
      const included = textAt(item, 'include-group');
      return included === undefined ? (asText(item) ?? []) : visit(included);
    });
  };
  return groups.flatMap(visit);
};

/** The requirements of a project: its dependencies, and those of groups and extras. */
export const pdmRequirements = (
  manifest: TomlTable,
  groups: readonly string[],
  extras: readonly string[],
): readonly string[] => [
  ...textsAt(manifest, 'project', 'dependencies'),
  ...ofGroups(manifest, groups),
  ...extras
    .flatMap((extra) => listsAt(tableAt(manifest, 'project', 'optional-dependencies'), normalizeName(extra)))
    .flatMap((item) => asText(item) ?? []),
];
