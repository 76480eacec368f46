import type { Either } from 'fp-ts/Either';
import { isLeft, isRight, left, right } from 'fp-ts/Either';
import { checkedLock } from '../locked/checked-lock';
import type { LockEnvironments } from '../locked/lock-environments';
import type { LockedEdge, LockedNode } from '../locked/locked-graph';
import type { Marker } from '../../packaging/requirement/marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import { parseToml } from '../../packaging/project/toml-file';
import { arrayHeaderLines, lineOfKey } from '../../packaging/project/toml-lines';
import { UvLockShape } from '../locked/lock-shapes';
import { assumeOwnExtras } from './uv-conflicts';
import type { TomlTable } from '../../values/toml-values';
import {
  asArray,
  asText,
  tomlText,
  tableAt,
  tablesAt,
  textAt,
  textsAt,
  valueAt,
} from '../../values/toml-values';

/** A `[[package]]` of uv.lock. */
interface UvPackage {
  readonly table: TomlTable;
  readonly line: number;
  /** The source as a text, equal for equal sources. */
  readonly sourceKey: string;
}

export type UvNode = LockedNode<UvPackage>;
export type UvEdge = LockedEdge<UvPackage>;

/** A uv.lock of a known version. */
export interface UvLockFile {
  readonly table: TomlTable;
  readonly nodes: readonly UvNode[];
  /** The dependency groups of each package. */
  readonly groups: ReadonlyMap<UvNode, ReadonlyMap<string, readonly UvEdge[]>>;
  /** The groups of a workspace root that is not a project; otherwise empty. */
  readonly rootGroups: ReadonlyMap<string, readonly UvEdge[]>;
  /** The requirements of a script's lock (`[manifest] requirements`); null for other locks. */
  readonly scriptRoots: readonly UvEdge[] | null;
  /** The value of `[tool.uv] environments` when the lock was made. */
  readonly supported: LockEnvironments;
}

/** A source as a text that does not depend on the order of its keys. */
const sourceKey = (source: TomlTable | undefined): string =>
  source === undefined ? '' : JSON.stringify(Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1)));

const extrasOf = (edge: TomlTable): readonly string[] => {
  const extra = valueAt(edge, 'extra') ?? valueAt(edge, 'extras');
  const all = typeof extra === 'string' ? [extra] : (asArray(extra) ?? []);
  return all.flatMap((name) => asText(name) ?? []);
};

/** Chooses among packages of one name. If there are several, uv writes the version and the source. */
const acceptsOf = (edge: TomlTable): UvEdge['accepts'] => {
  const version = textAt(edge, 'version');
  const source = tableAt(edge, 'source');
  if (version === undefined && source === undefined) return null;
  const key = sourceKey(source);
  return (found) =>
    (version === undefined || textAt(found.table, 'version') === version) &&
    (source === undefined || found.sourceKey === key);
};

/** Reads markers and edges, and collects the errors. */
const reader = (file: string) => {
  const problems: PlanError[] = [];
  const known = new Map<string, Marker | null>();
  const problem = (line: number, reason: string): void => {
    problems.push({ _tag: 'InvalidDeclaration', file, line, reason });
  };
  const marker = (text: string, line: number): Marker | null => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parseMarker(text);
    if (isLeft(parsed)) problem(line, `the marker ${JSON.stringify(text)} does not parse: ${parsed.left}`);
    const found = isRight(parsed) ? parsed.right : null;
    known.set(text, found);
    return found;
  };
  const edge = (table: TomlTable, line: number): UvEdge | undefined => {
    const name = textAt(table, 'name');
    if (name === undefined) {
      problem(line, 'a dependency has no name');
      return undefined;
    }
    const text = textAt(table, 'marker');
    const extras = extrasOf(table);
    return {
      name,
      extras,
      marker: assumeOwnExtras(text === undefined ? null : marker(text, line), name, extras),
      accepts: acceptsOf(table),
    };
  };
  const edges = (tables: readonly TomlTable[], line: number): readonly UvEdge[] =>
    tables.flatMap((table) => edge(table, line) ?? []);
  const named = (table: TomlTable | undefined, line: number): ReadonlyMap<string, readonly UvEdge[]> =>
    new Map(
      Object.keys(table ?? {}).map((name) => [normalizeName(name), edges(tablesAt(table, name), line)]),
    );
  return { problems, problem, marker, edges, named };
};

const readPackages = (
  table: TomlTable,
  { file, text }: ProjectFile,
): Either<readonly PlanError[], UvLockFile> => {
  const read = reader(file);
  const lines = arrayHeaderLines(text, 'package');
  const groups = new Map<UvNode, ReadonlyMap<string, readonly UvEdge[]>>();
  const nodes = tablesAt(table, 'package').flatMap((found, index): readonly UvNode[] => {
    const line = lines[index] ?? 1;
    const name = textAt(found, 'name');
    if (name === undefined) {
      read.problem(line, 'a package has no name');
      return [];
    }
    const node: UvNode = {
      name,
      markers: textsAt(found, 'resolution-markers').flatMap((marker) => read.marker(marker, line) ?? []),
      dependencies: read.edges(tablesAt(found, 'dependencies'), line),
      optional: read.named(tableAt(found, 'optional-dependencies'), line),
      value: { table: found, line, sourceKey: sourceKey(tableAt(found, 'source')) },
    };
    groups.set(node, read.named(tableAt(found, 'dev-dependencies'), line));
    return [node];
  });
  const manifest = tableAt(table, 'manifest');
  const isScript = valueAt(manifest, 'requirements') !== undefined;
  const scriptRoots = isScript
    ? read.edges(tablesAt(manifest, 'requirements'), lineOfKey(text, ['manifest', 'requirements']))
    : null;
  const line = lineOfKey(text, ['supported-markers']);
  const texts = textsAt(table, 'supported-markers');
  const markers = texts.flatMap((marker) => read.marker(marker, line) ?? []);
  const supported = { key: 'supported-markers', texts, markers };
  const rootGroups = read.named(
    tableAt(manifest, 'dependency-groups'),
    lineOfKey(text, ['manifest', 'dependency-groups']),
  );
  return read.problems.length > 0
    ? left(read.problems)
    : right({ table, nodes, groups, rootGroups, scriptRoots, supported });
};

/** Reads a uv.lock of any revision. A revision only adds keys that older versions of uv do not need. */
export const parseUvLock = (source: ProjectFile): Either<readonly PlanError[], UvLockFile> => {
  const parsed = parseToml(source);
  if (isLeft(parsed)) return left([parsed.left]);
  const version = valueAt(parsed.right, 'version');
  if (version === undefined)
    return left([{ _tag: 'InvalidDeclaration', file: source.file, line: 1, reason: 'it has no version' }]);
  const checked = checkedLock(parsed.right, source, {
    keys: ['version'],
    version: tomlText(version),
    isKnown: version === 1,
    known: 'version 1',
    command: 'uv lock',
    shape: UvLockShape,
  });
  return isLeft(checked) ? checked : readPackages(checked.right, source);
};
