import { satisfies } from '@renovatebot/pep440';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, valueAt } from '../../values/toml-values';

const LEGACY_KEYS = ['dependencies', 'source', 'extras', 'dev-dependencies'];
const PROJECT_KEYS = ['requires-python', 'dependencies', 'optional-dependencies'];

const present = (table: TomlTable, keys: readonly string[]): TomlTable =>
  Object.fromEntries(keys.filter((key) => valueAt(table, key) !== undefined).map((key) => [key, table[key]]));

const isEmpty = (table: TomlTable): boolean => Object.keys(table).length === 0;

/** What Poetry 1 hashes: five parts of `[tool.poetry]`, of which four are written as null where they are not there. */
const poetry1 = (poetry: TomlTable): TomlTable => ({
  ...Object.fromEntries(LEGACY_KEYS.map((key) => [key, valueAt(poetry, key)])),
  ...present(poetry, ['group']),
});

/** What Poetry 2 hashes; the groups of PEP 735 only since 2.3. Where there is nothing but `[tool.poetry]`, as Poetry 1. */
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

/** The version of Poetry that says in the first line that it wrote a lock. */
const writerOf = (lock: string): string | null =>
  /^\ufeff?#[^\n]*Poetry (\d+(?:\.\d+)*)/.exec(lock)?.[1] ?? null;

/**
 * What the `content-hash` of a lock may be of: the manifest as the version of Poetry hashes it that wrote the lock, and as
 * those after it do. A lock that does not name its writer may be of any.
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
    // Poetry 1.1 knew no groups.
    ...(/^1\./.test(lockVersion)
      ? [Object.fromEntries(LEGACY_KEYS.map((key) => [key, valueAt(poetry, key)]))]
      : []),
  ];
};
