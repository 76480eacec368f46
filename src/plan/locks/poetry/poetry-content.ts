import { satisfies } from '@renovatebot/pep440';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, valueAt } from '../../values/toml-values';

const LEGACY_KEYS = ['dependencies', 'source', 'extras', 'dev-dependencies'];
const PROJECT_KEYS = ['requires-python', 'dependencies', 'optional-dependencies'];

const present = (table: TomlTable, keys: readonly string[]): TomlTable =>
  Object.fromEntries(keys.filter((key) => valueAt(table, key) !== undefined).map((key) => [key, table[key]]));

const isEmpty = (table: TomlTable): boolean => Object.keys(table).length === 0;

/** The content that Poetry 1 hashes: five parts of `[tool.poetry]`. Four of them are null if they are missing. */
const poetry1 = (poetry: TomlTable): TomlTable => ({
  ...Object.fromEntries(LEGACY_KEYS.map((key) => [key, valueAt(poetry, key)])),
  ...present(poetry, ['group']),
});

/**
 * The content that Poetry 2 hashes: with only `[tool.poetry]`, that of Poetry 1. Since 2.3 with the groups of PEP 735.
 */
const poetry2 = (manifest: TomlTable, groups: TomlTable): TomlTable => {
  const poetry = tableAt(manifest, 'tool', 'poetry') ?? {};
  const project = present(tableAt(manifest, 'project') ?? {}, PROJECT_KEYS);
  if (isEmpty(project) && isEmpty(groups)) return poetry1(poetry);
  return {
    ...(isEmpty(project) ? {} : { project }),
    ...(isEmpty(groups) ? {} : { 'dependency-groups': groups }),
    tool: { poetry: present(poetry, [...LEGACY_KEYS, 'group']) },
  };
};

/** The version of Poetry in a lock's first line, which names the writer. */
const writerOf = (lock: string): string | null =>
  /^\ufeff?#[^\n]*Poetry (\d+(?:\.\d+)*)/.exec(lock)?.[1] ?? null;

/**
 * The contents that the `content-hash` of a lock may be of: those that the writing version of Poetry and all later
 * versions hash. If a lock does not name its writer, all contents count.
 *
 * @see poetry, `Locker._get_content_hash` and `Locker.is_fresh`
 */
export const poetryContents = (
  lock: string,
  lockVersion: string,
  manifest: TomlTable,
): readonly TomlTable[] => {
  const writer = writerOf(lock);
  const before = (version: string): boolean => writer === null || satisfies(writer, `<${version}`);
  const poetry = tableAt(manifest, 'tool', 'poetry') ?? {};
  return [
    poetry2(manifest, tableAt(manifest, 'dependency-groups') ?? {}),
    ...(before('2.3.0') ? [poetry2(manifest, {})] : []),
    ...(before('2.0.0') ? [poetry1(poetry)] : []),
    // Poetry 1.1 had no groups.
    ...(/^1\./.test(lockVersion)
      ? [Object.fromEntries(LEGACY_KEYS.map((key) => [key, valueAt(poetry, key)]))]
      : []),
  ];
};
