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
 * A lock that is up to date must never be called outdated. So each requirement is compared as uv compares it
 * (`uv lock --check`): by name, extras, specifier and source. Markers count by what they say of the target, because uv
 * writes them in a form of its own.
 */

/** The `[project]` tables that the lock speaks of; those that only a build would tell are not compared. */
const comparable = (manifest: TomlTable, key: string): boolean =>
  tableAt(manifest, 'project') !== undefined && !itemsAt(manifest, 'project', 'dynamic').includes(key);

/** What belongs to no extra and no group. */
export const BASE: Section = { extra: null, group: null };

/**
 * What an extra asks for, and what those ask for that it takes in: versions of uv differ in whether they write the one, the
 * other, or neither.
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

/** How the dependencies and extras of a manifest differ from those that a lock was made with. */
export const differenceOfProject = (
  manifest: TomlTable,
  metadata: TomlTable,
  reading: Reading,
): string | undefined => {
  const entries = tablesAt(metadata, 'requires-dist');
  const own = normalizeName(textAt(manifest, 'project', 'name') ?? '');
  /** Entries that belong to an extra alone: without it they do not hold anywhere. */
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

/** The groups of the lock that the manifest has no more. */
const goneGroup = (manifest: TomlTable, groups: TomlTable): string | undefined => {
  const names = new Set(groupNames(manifest).map(normalizeName));
  if (itemsAt(manifest, 'tool', 'uv', 'dev-dependencies').length > 0) names.add('dev');
  return Object.keys(groups).find((name) => !names.has(normalizeName(name)));
};

/** Whether uv adds what the manifest says of the Python of its groups to the markers of some group. */
const addsToMarkers = (manifest: TomlTable): boolean =>
  Object.keys(tableAt(manifest, 'tool', 'uv', 'dependency-groups') ?? {}).length > 0;

/**
 * How the groups of a manifest differ from those that a lock was made with.
 *
 * @param lockedGroups what the lock has of each, by its name
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

/** The metadata that a lock was made from; undefined where it does not keep it. A project that asks for nothing has none. */
export const metadataOf = ({ dependencies, optional, value: { table } }: UvNode): TomlTable | undefined =>
  tableAt(table, 'metadata') ??
  (dependencies.length === 0 && optional.size === 0 && tableAt(table, 'dev-dependencies') === undefined
    ? {}
    : undefined);

/** Whether the lock keeps what its groups were made from; the first versions of uv did not. */
export const keepsGroups = ({ value: { table } }: UvNode): boolean =>
  tableAt(table, 'metadata', 'requires-dev') !== undefined ||
  tableAt(table, 'dev-dependencies') === undefined;
