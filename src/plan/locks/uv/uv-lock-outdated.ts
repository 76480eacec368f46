import * as path from 'node:path';
import { outdated } from '../locked/lock-freshness';
import type { LockQuestion } from '../locked/locked-set';
import { withInherited } from '../../packaging/project/inherited-sources';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import {
  groupDependencies,
  groupNames,
  optionalDependencies,
  projectDependencies,
} from '../../packaging/project/pyproject-tables';
import { scriptBlocks } from '../../packaging/project/script-block';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { parseToml } from '../../packaging/project/toml-file';
import type { Reading } from './uv-asked';
import { declared, difference, holdsOn, locked } from './uv-asked';
import type { UvNode } from './uv-lock-file';
import { localFolder } from './uv-source';
import type { TomlTable } from '../../values/toml-values';
import { itemsAt, tableAt, tablesAt, textAt, textsAt } from '../../values/toml-values';
import type { Section } from '../../packaging/project/uv-sources';

/*
 * A lock that is up to date must never be called outdated. So each requirement is compared as uv compares it
 * (`uv lock --check`): by name, extras, specifier and source. Markers count by what they say of the target, because uv
 * writes them in a form of its own.
 */

/** The `[project]` tables that the lock speaks of; those that only a build would tell are not compared. */
const comparable = (manifest: TomlTable, key: string): boolean =>
  tableAt(manifest, 'project') !== undefined && !itemsAt(manifest, 'project', 'dynamic').includes(key);

const BASE: Section = { extra: null, group: null };

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

const differenceOfProject = (
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
const differenceOfGroups = (
  manifest: TomlTable,
  lockedGroups: TomlTable,
  given: Reading,
): string | undefined => {
  const reading = { ...given, withMarkers: given.withMarkers && !addsToMarkers(manifest) };
  for (const group of groupNames(manifest)) {
    const texts = groupDependencies(manifest, group);
    const section = { extra: null, group: normalizeName(group) };
    const asked = texts._tag === 'Right' ? declared(manifest, texts.right, section, reading) : undefined;
    const key = Object.keys(lockedGroups).find((name) => normalizeName(name) === normalizeName(group));
    const then = key === undefined ? [] : tablesAt(lockedGroups, key);
    const found = asked && difference(asked, locked(then, [], reading), ` in the group ${group}`);
    if (found !== undefined) return found;
  }
  const gone = goneGroup(manifest, lockedGroups);
  return gone === undefined ? undefined : `it was made with the group ${gone}`;
};

/** The metadata that a lock was made from; undefined where it does not keep it. A project that asks for nothing has none. */
const metadataOf = ({ dependencies, optional, value: { table } }: UvNode): TomlTable | undefined =>
  tableAt(table, 'metadata') ??
  (dependencies.length === 0 && optional.size === 0 && tableAt(table, 'dev-dependencies') === undefined
    ? {}
    : undefined);

/** Whether the lock keeps what its groups were made from; the first versions of uv did not. */
const keepsGroups = ({ value: { table } }: UvNode): boolean =>
  tableAt(table, 'metadata', 'requires-dev') !== undefined ||
  tableAt(table, 'dev-dependencies') === undefined;

type Question = Pick<LockQuestion, 'source' | 'manifest' | 'markers' | 'root'>;

/** The folders of the packages of this machine that a lock has, by their normalized names. */
const membersOf = (lock: TomlTable): ReadonlyMap<string, string> =>
  new Map(
    tablesAt(lock, 'package').flatMap((each) => {
      const folder = localFolder(tableAt(each, 'source') ?? {});
      return folder === undefined ? [] : [[normalizeName(textAt(each, 'name') ?? ''), folder] as const];
    }),
  );

const SWITCHES = ['no-sources', 'no-sources-package'];

/**
 * The manifest with what the root of its workspace says of sources, and the root: uv takes the switches from the root alone.
 */
const withRoot = (manifest: TomlTable, file: string, root: Question['root']): readonly TomlTable[] => {
  if (root === undefined || root.file === file) return [manifest];
  const parsed = parseToml(root);
  const above = parsed._tag === 'Right' ? parsed.right : {};
  const inherited = withInherited(manifest, file, root);
  const entriesOf = (table: TomlTable, isMeant: (key: string) => boolean) =>
    Object.entries(tableAt(table, 'tool', 'uv') ?? {}).filter(([key]) => isMeant(key));
  const uv = Object.fromEntries([
    ...entriesOf(inherited, (key) => !SWITCHES.includes(key)),
    ...entriesOf(above, (key) => SWITCHES.includes(key)),
  ]);
  return [{ ...inherited, tool: { ...tableAt(inherited, 'tool'), uv } }, above];
};

const readingOf = (
  lock: TomlTable,
  tables: readonly TomlTable[],
  file: string,
  { source, markers }: Question,
) => ({
  lockFolder: path.dirname(source.file),
  folder: path.dirname(file),
  tables,
  members: membersOf(lock),
  environment: markers,
  withMarkers: markers !== null,
});

/** That the manifest asks for something else than it did when the lock was made. */
export const uvLockOutdated = (
  lock: TomlTable,
  project: UvNode,
  question: Question,
): readonly PlanError[] => {
  const { source, manifest, root } = question;
  if (manifest === null) return [];
  const parsed = parseToml(manifest);
  if (parsed._tag === 'Left') return [parsed.left];
  const metadata = metadataOf(project);
  if (metadata === undefined) return [];
  const tables = withRoot(parsed.right, manifest.file, root);
  const [table = parsed.right] = tables;
  const reading = readingOf(lock, tables, manifest.file, question);
  const reason =
    differenceOfProject(table, metadata, reading) ??
    (keepsGroups(project)
      ? differenceOfGroups(table, tableAt(metadata, 'requires-dev') ?? {}, reading)
      : undefined);
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of the groups of a root that is no project. */
export const uvRootOutdated = (lock: TomlTable, question: Question): readonly PlanError[] => {
  const { source, manifest } = question;
  if (manifest === null || path.dirname(manifest.file) !== path.dirname(source.file)) return [];
  const parsed = parseToml(manifest);
  if (parsed._tag === 'Left') return [parsed.left];
  const groups = tableAt(lock, 'manifest', 'dependency-groups') ?? {};
  const reading = readingOf(lock, [parsed.right], manifest.file, question);
  const reason = differenceOfGroups(parsed.right, groups, reading);
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of a script's own metadata and its lock (`uv lock --script`). */
export const uvScriptLockOutdated = (lock: TomlTable, question: Question): readonly PlanError[] => {
  const { source, manifest } = question;
  const [block] = manifest === null ? [] : scriptBlocks(manifest.text, 'script');
  if (manifest === null || block === undefined) return [];
  const parsed = parseToml({ file: manifest.file, text: block.text });
  if (parsed._tag === 'Left') return [];
  const reading = readingOf(lock, [parsed.right], manifest.file, question);
  const texts = textsAt(parsed.right, 'dependencies').map((text) => ({ text }));
  const asked = declared(parsed.right, texts, BASE, reading);
  const then = locked(tablesAt(lock, 'manifest', 'requirements'), [], reading);
  const reason = asked && difference(asked, then, '');
  const command = `uv lock --script ${manifest.file}`;
  return reason === undefined
    ? []
    : [
        {
          _tag: 'LockOutdated',
          file: source.file,
          manifest: manifest.file,
          line: block.line + lineOfKey(block.text, ['dependencies']),
          reason,
          command,
        },
      ];
};
