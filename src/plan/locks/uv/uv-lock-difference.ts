import { isRight } from 'fp-ts/Either';
import { normalizeName } from '../../packaging/requirement/package-name';
import {
  groupDependencies,
  groupNames,
  optionalDependencies,
  projectDependencies,
} from '../../packaging/project/pyproject-tables';
import type { TomlTable } from '../../values/toml-values';
import { itemsAt, tableAt, tablesAt, textAt, textsAt } from '../../values/toml-values';
import type { Section } from '../../packaging/project/uv-sources';
import type { Reading } from './uv-manifest-requirements';
import { declared, difference, holdsOn, locked } from './uv-manifest-requirements';
import type { UvNode } from './uv-lock-file';

/*
 * A lock that is up to date must never be called outdated. So each requirement is compared as in `uv lock --check`: by
 * name, extras, specifier and source. Markers are compared by their result on the target, because uv writes them in its
 * own form.
 */

/** Whether a key of `[project]` can be compared with the lock. Dynamic values are only known after a build. */
const comparable = (manifest: TomlTable, key: string): boolean =>
  tableAt(manifest, 'project') !== undefined && !itemsAt(manifest, 'project', 'dynamic').includes(key);

/** The section of dependencies outside extras and groups. */
export const BASE: Section = { extra: null, group: null };

/**
 * The requirements of an extra and of the extras that it includes. Versions of uv differ in whether they write an
 * included extra, its requirements, or neither.
 */
const withinExtra = <A extends { readonly name: string; readonly extras: readonly string[] }>(
  extra: string,
  isOwn: (name: string) => boolean | 'left out',
  asked: (extra: string) => readonly A[] | undefined,
  done = new Set<string>(),
): readonly A[] | undefined => {
  if (done.has(extra)) return [];
  done.add(extra);
  const parts = asked(extra)?.flatMap((each): readonly (readonly A[] | undefined)[] => {
    const own = isOwn(each.name);
    if (own === 'left out') return [];
    return own ? each.extras.map((inner) => withinExtra(inner, isOwn, asked, done)) : [[each]];
  });
  return parts?.every((part) => part !== undefined) === true ? parts.flat() : undefined;
};

/** The difference between the dependencies and extras of a manifest and those in a lock's metadata, in words. */
export const differenceOfProject = (
  manifest: TomlTable,
  metadata: TomlTable,
  reading: Reading,
): string | undefined => {
  const entries = tablesAt(metadata, 'requires-dist');
  const own = normalizeName(textAt(manifest, 'project', 'name') ?? '');
  /** Whether an entry's marker may hold with these extras. An entry of an extra never holds without it. */
  const holds = (entry: TomlTable, extras: readonly string[]): boolean =>
    holdsOn(null, textAt(entry, 'marker') ?? null, extras);
  const isBase = (entry: TomlTable): boolean => holds(entry, []);
  const base = comparable(manifest, 'dependencies')
    ? declared(manifest, projectDependencies(manifest), BASE, reading)
    : undefined;
  const first = base && difference(base, locked(entries.filter(isBase), [], reading), '');
  if (first !== undefined || !comparable(manifest, 'optional-dependencies')) return first;
  const optional = optionalDependencies(manifest);
  const keepsOwn = entries.some((entry) => normalizeName(textAt(entry, 'name') ?? '') === own);
  for (const extra of optional.keys()) {
    const textsOf = (each: string) =>
      declared(manifest, optional.get(each) ?? [], { extra: each, group: null }, reading);
    const entriesOf = (each: string) =>
      locked(
        entries.filter((entry) => !isBase(entry) && holds(entry, [each])),
        [each],
        reading,
      );
    const differs = (isOwn: (name: string) => boolean | 'left out'): string | undefined => {
      const [asked, then] = [withinExtra(extra, isOwn, textsOf), withinExtra(extra, isOwn, entriesOf)];
      return asked && then && difference(asked, then, ` in the extra ${extra}`);
    };
    const whole = differs((name) => name === own);
    const found =
      whole !== undefined && !keepsOwn
        ? differs((name) => (name === own ? 'left out' : false)) && whole
        : whole;
    if (found !== undefined) return found;
  }
  const gone = textsAt(metadata, 'provides-extras').find((extra) => !optional.has(normalizeName(extra)));
  return gone === undefined ? undefined : `it was made with the extra ${gone}`;
};

/** The first group of the lock that is not in the manifest any more. */
const goneGroup = (manifest: TomlTable, groups: TomlTable): string | undefined => {
  const names = new Set(groupNames(manifest).map(normalizeName));
  if (itemsAt(manifest, 'tool', 'uv', 'dev-dependencies').length > 0) names.add('dev');
  return Object.keys(groups).find((name) => !names.has(normalizeName(name)));
};

/** Whether uv adds the manifest's Python versions of groups to the markers of some group. */
const addsToMarkers = (manifest: TomlTable): boolean =>
  Object.keys(tableAt(manifest, 'tool', 'uv', 'dependency-groups') ?? {}).length > 0;

/**
 * The difference between the groups of a manifest and those of a lock, in words.
 *
 * @param lockedGroups the lock's requirements of each group, by its name
 */
export const differenceOfGroups = (
  manifest: TomlTable,
  lockedGroups: TomlTable,
  given: Reading,
): string | undefined => {
  const reading = { ...given, withMarkers: given.withMarkers && !addsToMarkers(manifest) };
  for (const group of groupNames(manifest)) {
    const texts = groupDependencies(manifest, group);
    const section = { extra: null, group: normalizeName(group) };
    const asked = isRight(texts) ? declared(manifest, texts.right, section, reading) : undefined;
    const key = Object.keys(lockedGroups).find((name) => normalizeName(name) === normalizeName(group));
    const then = key === undefined ? [] : tablesAt(lockedGroups, key);
    const found = asked && difference(asked, locked(then, [], reading), ` in the group ${group}`);
    if (found !== undefined) return found;
  }
  const gone = goneGroup(manifest, lockedGroups);
  return gone === undefined ? undefined : `it was made with the group ${gone}`;
};

/**
 * The metadata of a package in a lock; undefined if the lock lacks it. A project without dependencies has empty
 * metadata.
 */
export const metadataOf = ({ dependencies, optional, value: { table } }: UvNode): TomlTable | undefined =>
  tableAt(table, 'metadata') ??
  (dependencies.length === 0 && optional.size === 0 && tableAt(table, 'dev-dependencies') === undefined
    ? {}
    : undefined);

/** Whether the lock has the requirements of groups. The first versions of uv did not write them. */
export const keepsGroups = ({ value: { table } }: UvNode): boolean =>
  tableAt(table, 'metadata', 'requires-dev') !== undefined ||
  tableAt(table, 'dev-dependencies') === undefined;
