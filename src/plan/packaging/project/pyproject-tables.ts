import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { normalizeName } from '../requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** A requirement of pyproject.toml, and the path of the array it stands in. */
export interface DeclaredText {
  readonly text: string;
  readonly at: readonly string[];
}

const declaredAt = (table: TomlTable, at: readonly string[]): readonly DeclaredText[] =>
  textsAt(table, ...at).map((text) => ({ text, at }));

/** `[project] dependencies`. */
export const projectDependencies = (table: TomlTable): readonly DeclaredText[] =>
  declaredAt(table, ['project', 'dependencies']);

/** `[project.optional-dependencies]`, by normalized name. */
export const optionalDependencies = (table: TomlTable): ReadonlyMap<string, readonly DeclaredText[]> =>
  new Map(
    Object.keys(tableAt(table, 'project', 'optional-dependencies') ?? {}).map((name) => [
      normalizeName(name),
      declaredAt(table, ['project', 'optional-dependencies', name]),
    ]),
  );

/** The groups of `[dependency-groups]`, as they are written. */
export const groupNames = (table: TomlTable): readonly string[] => {
  const names = Object.keys(tableAt(table, 'dependency-groups') ?? {});
  const hasOlder = valueAt(table, ...OLDER_DEV) !== undefined;
  return hasOlder && !names.some((name) => normalizeName(name) === 'dev') ? [...names, 'dev'] : names;
};

/** Where uv had the group `dev` before there was a table for groups; it counts besides. */
const OLDER_DEV = ['tool', 'uv', 'dev-dependencies'];

const isIncluded = (item: unknown): string | undefined => textAt(item, 'include-group');

/** A group and all that it includes, by normalized names. */
export const includedGroups = (
  table: TomlTable,
  group: string,
  done: ReadonlySet<string> = new Set(),
): readonly string[] => {
  const wanted = normalizeName(group);
  const name = groupNames(table).find((each) => normalizeName(each) === wanted);
  if (name === undefined || done.has(wanted)) return [];
  const within = new Set([...done, wanted]);
  const included = itemsAt(table, 'dependency-groups', name).flatMap((item) => isIncluded(item) ?? []);
  return [...new Set([wanted, ...included.flatMap((each) => includedGroups(table, each, within))])];
};

/**
 * The requirements of a dependency group and of those that it includes. On the left why they cannot be told.
 *
 * @see PEP 735
 */
export const groupDependencies = (
  table: TomlTable,
  group: string,
  within: readonly string[] = [],
  done = new Set<string>(),
): Either<string, readonly DeclaredText[]> => {
  const wanted = normalizeName(group);
  const name = groupNames(table).find((each) => normalizeName(each) === wanted);
  if (name === undefined) return left(`there is no dependency group ${JSON.stringify(group)} to include`);
  if (within.includes(wanted)) return left(`the dependency group ${JSON.stringify(name)} includes itself`);
  // Two groups that include a third have it once; read each time, a few lines could take for ever.
  if (done.has(wanted)) return right([]);
  const at = ['dependency-groups', name];
  const listed = valueAt(table, ...at);
  if (listed !== undefined && !Array.isArray(listed))
    return left(`the dependency group ${JSON.stringify(name)} is not a list`);
  const twice = groupNames(table).find((each) => each !== name && normalizeName(each) === wanted);
  if (twice !== undefined)
    return left(
      `the dependency groups ${JSON.stringify(name)} and ${JSON.stringify(twice)} have the same normalized name`,
    );
  const found: DeclaredText[] = [];
  for (const item of itemsAt(table, ...at)) {
    const text = asText(item);
    const included = isIncluded(item);
    if (text !== undefined) found.push({ text, at });
    else if (included !== undefined) {
      const inner = groupDependencies(table, included, [...within, wanted], done);
      if (isLeft(inner)) return inner;
      found.push(...inner.right);
    } else return left(`the dependency group ${JSON.stringify(name)} holds what is no requirement`);
  }
  if (wanted === 'dev') found.push(...declaredAt(table, OLDER_DEV));
  done.add(wanted);
  return right(found);
};
