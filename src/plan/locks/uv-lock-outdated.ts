import * as path from 'node:path';
import { outdated } from './lock-freshness';
import { evaluateMarker } from '../packaging/evaluate-marker';
import type { LockQuestion } from './locked-set';
import { parseMarker } from '../packaging/marker';
import { normalizeName } from '../packaging/package-name';
import type { PlanError } from '../plan-error';
import type { DeclaredText } from '../packaging/pyproject-tables';
import {
  groupDependencies,
  groupNames,
  optionalDependencies,
  projectDependencies,
} from '../packaging/pyproject-tables';
import { parseRequirement } from '../packaging/requirement';
import { scriptBlocks } from '../packaging/script-block';
import { normalizeSpecifier } from '../packaging/specifier';
import { lineOfKey } from '../packaging/toml-lines';
import { parseToml } from '../packaging/toml-file';
import type { UvNode } from './uv-lock-file';
import type { TomlTable } from '../packaging/toml-values';
import { itemsAt, tableAt, tablesAt, textAt, textsAt, valueAt } from '../packaging/toml-values';

/*
 * A lock that is up to date must never be called outdated; one that is outdated may go unnoticed. So of each requirement only
 * the name, the extras and the specifier are compared, and the marker by what it says of the target: uv writes markers anew.
 * A package that comes from elsewhere than an index is compared by its name: uv spreads it over several entries.
 */

interface Asked {
  readonly name: string;
  /** Extras and specifier; null where the package does not come from an index. */
  readonly how: string | null;
  readonly holds: boolean;
}

const SOURCES = ['git', 'url', 'path', 'directory', 'editable', 'virtual'];

const howOf = (extras: readonly string[], specifier: string): string =>
  `${extras.length === 0 ? '' : `[${extras.map(normalizeName).sort().join(',')}]`}${normalizeSpecifier(specifier)}`;

type Holds = (marker: string | null, extras: readonly string[]) => boolean;

/** Whether a marker holds on the target. One that cannot be read holds: uv has read it. */
const holdsOn =
  (environment: LockQuestion['markers']): Holds =>
  (marker, extras) => {
    const parsed = marker === null ? null : parseMarker(marker);
    return parsed?._tag !== 'Right' || evaluateMarker(parsed.right, { environment, extras });
  };

/** What the manifest asks for; undefined where a requirement cannot be read. */
const declared = (
  texts: readonly Pick<DeclaredText, 'text'>[],
  holds: Holds,
  extras: readonly string[],
): readonly Asked[] | undefined => {
  const asked: Asked[] = [];
  for (const { text } of texts) {
    const parsed = parseRequirement(text);
    if (parsed._tag === 'Left') return undefined;
    const { name, extras: wanted, specifier, url, marker } = parsed.right;
    asked.push({
      name: normalizeName(name),
      how: url === null ? howOf(wanted, specifier) : null,
      holds: holds(marker, extras),
    });
  }
  return asked;
};

/** What an entry of the lock's metadata asks for. */
const locked = (entry: TomlTable, holds: Holds, extras: readonly string[]): Asked => ({
  name: normalizeName(textAt(entry, 'name') ?? ''),
  how: SOURCES.some((key) => valueAt(entry, key) !== undefined)
    ? null
    : howOf(textsAt(entry, 'extras'), textAt(entry, 'specifier') ?? ''),
  holds: holds(textAt(entry, 'marker') ?? null, extras),
});

/** Each requirement as a text, without how it is asked for where either side has it from elsewhere than an index. */
const textsOf = (asked: readonly Asked[], elsewhere: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    asked
      .filter(({ name, holds }) => holds || elsewhere.has(name))
      .map(({ name, how }) => (how === null || elsewhere.has(name) ? name : `${name}${how}`)),
  );

/** The first difference, in words; undefined where there is none. */
const difference = (
  manifest: readonly Asked[],
  lock: readonly Asked[],
  elsewhere: readonly string[],
  where: string,
): string | undefined => {
  const foreign = new Set([
    ...elsewhere,
    ...[...manifest, ...lock].filter(({ how }) => how === null).map(({ name }) => name),
  ]);
  const [now, then] = [textsOf(manifest, foreign), textsOf(lock, foreign)];
  const added = [...now].find((text) => !then.has(text));
  if (added !== undefined) return `it was made without ${added}${where}`;
  const gone = [...then].find((text) => !now.has(text));
  return gone === undefined ? undefined : `it was made with ${gone}${where}`;
};

/** The `[project]` tables that the lock speaks of; those that only a build would tell are not compared. */
const comparable = (manifest: TomlTable, key: string): boolean =>
  tableAt(manifest, 'project') !== undefined && !itemsAt(manifest, 'project', 'dynamic').includes(key);

const differenceOfProject = (
  manifest: TomlTable,
  metadata: TomlTable,
  holds: Holds,
  sources: readonly string[],
): string | undefined => {
  const entries = tablesAt(metadata, 'requires-dist');
  const own = normalizeName(textAt(manifest, 'project', 'name') ?? '');
  /** Entries that belong to an extra alone: without it they do not hold anywhere. */
  const anywhere = holdsOn(null);
  const isBase = (entry: TomlTable): boolean => anywhere(textAt(entry, 'marker') ?? null, []);
  const base = comparable(manifest, 'dependencies')
    ? declared(projectDependencies(manifest), holds, [])
    : undefined;
  const lockedBase = entries.filter(isBase).map((entry) => locked(entry, holds, []));
  const first = base && difference(base, lockedBase, sources, '');
  if (first !== undefined || !comparable(manifest, 'optional-dependencies')) return first;
  for (const [extra, texts] of optionalDependencies(manifest)) {
    const asked = declared(texts, holds, [extra]);
    const then = entries
      .filter((entry) => !isBase(entry) && anywhere(textAt(entry, 'marker') ?? null, [extra]))
      .map((entry) => locked(entry, holds, [extra]));
    // Versions of uv differ in whether they write an extra that takes in another, so those are not compared.
    const isPlain = asked?.every(({ name }) => name !== own);
    const found =
      asked !== undefined && isPlain ? difference(asked, then, sources, ` in the extra ${extra}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The groups of the lock that the manifest has no more. */
const goneGroup = (manifest: TomlTable, groups: TomlTable): string | undefined => {
  const names = new Set(groupNames(manifest).map(normalizeName));
  if (itemsAt(manifest, 'tool', 'uv', 'dev-dependencies').length > 0) names.add('dev');
  return Object.keys(groups).find((name) => !names.has(normalizeName(name)));
};

/**
 * How the groups of a manifest differ from those that a lock was made with.
 *
 * @param lockedGroups what the lock has of each, by its name
 */
const differenceOfGroups = (
  manifest: TomlTable,
  lockedGroups: TomlTable,
  sources: readonly string[],
): string | undefined => {
  // uv adds what `[tool.uv.dependency-groups]` says of a group's Python to its markers, so they are left out.
  const always: Holds = () => true;
  for (const group of groupNames(manifest)) {
    const texts = groupDependencies(manifest, group);
    const legacy = normalizeName(group) === 'dev' ? itemsAt(manifest, 'tool', 'uv', 'dev-dependencies') : [];
    const asked =
      texts._tag === 'Right' && legacy.length === 0 ? declared(texts.right, always, []) : undefined;
    const key = Object.keys(lockedGroups).find((name) => normalizeName(name) === normalizeName(group));
    const then = key === undefined ? [] : tablesAt(lockedGroups, key);
    const found =
      asked &&
      difference(
        asked,
        then.map((entry) => locked(entry, always, [])),
        sources,
        ` in the group ${group}`,
      );
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

/** Packages that the manifest has from elsewhere than an index, or from an index of its own. */
const sourcesOf = (manifest: TomlTable): readonly string[] =>
  Object.keys(tableAt(manifest, 'tool', 'uv', 'sources') ?? {}).map(normalizeName);

/** That the manifest asks for something else than it did when the lock was made. */
export const uvLockOutdated = (
  project: UvNode,
  { source, manifest, markers }: Pick<LockQuestion, 'source' | 'manifest' | 'markers'>,
): readonly PlanError[] => {
  if (manifest === null) return [];
  const parsed = parseToml(manifest);
  if (parsed._tag === 'Left') return [parsed.left];
  const metadata = metadataOf(project);
  if (metadata === undefined) return [];
  const sources = sourcesOf(parsed.right);
  const reason =
    differenceOfProject(parsed.right, metadata, holdsOn(markers), sources) ??
    (keepsGroups(project)
      ? differenceOfGroups(parsed.right, tableAt(metadata, 'requires-dev') ?? {}, sources)
      : undefined);
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of the groups of a root that is no project. */
export const uvRootOutdated = (
  lock: TomlTable,
  { source, manifest }: Pick<LockQuestion, 'source' | 'manifest'>,
): readonly PlanError[] => {
  if (manifest === null || path.dirname(manifest.file) !== path.dirname(source.file)) return [];
  const parsed = parseToml(manifest);
  if (parsed._tag === 'Left') return [parsed.left];
  const groups = tableAt(lock, 'manifest', 'dependency-groups') ?? {};
  const reason = differenceOfGroups(parsed.right, groups, sourcesOf(parsed.right));
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of a script's own metadata and its lock (`uv lock --script`). */
export const uvScriptLockOutdated = (
  lock: TomlTable,
  { source, manifest, markers }: Pick<LockQuestion, 'source' | 'manifest' | 'markers'>,
): readonly PlanError[] => {
  const [block] = manifest === null ? [] : scriptBlocks(manifest.text, 'script');
  if (manifest === null || block === undefined) return [];
  const parsed = parseToml({ file: manifest.file, text: block.text });
  if (parsed._tag === 'Left') return [];
  const holds = holdsOn(markers);
  const texts = textsAt(parsed.right, 'dependencies');
  const asked = declared(
    texts.map((text) => ({ text })),
    holds,
    [],
  );
  const then = tablesAt(lock, 'manifest', 'requirements').map((entry) => locked(entry, holds, []));
  const reason = asked && difference(asked, then, sourcesOf(parsed.right), '');
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
