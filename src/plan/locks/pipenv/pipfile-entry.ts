import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { isRemote, pathOfUrl } from '../../packaging/local/local-reference';
import { gitSource } from '../locked/locked-source';
import type { LockedPackage, LockQuestion, PackageSource } from '../locked/locked-set';
import { parseMarker } from '../../packaging/requirement/marker';
import { DEFAULT_INDEX } from '../../packaging/requirement/package-indexes';
import { plainIndex } from '../locked/plain-index';
import type { PlanError } from '../../errors/plan-error';
import type { TomlTable } from '../../values/toml-values';
import { textAt, textsAt, valueAt } from '../../values/toml-values';

/** A package of a section of Pipfile.lock. */
export interface PipfileEntry {
  readonly name: string;
  readonly value: TomlTable;
  readonly line: number;
}

/** The data of a lock that all its packages share, and the target. */
interface PipfileContext extends Pick<LockQuestion, 'markers'> {
  readonly file: string;
  readonly sources: readonly TomlTable[];
  /** Whether a package may come from any source (`install_search_all_sources`). */
  readonly searchesAll: boolean;
}

/** Old locks have a key for each marker variable: `"sys_platform": "== 'win32'"`. */
const MARKER_KEYS = [
  ...['os_name', 'sys_platform', 'platform_machine', 'platform_python_implementation', 'platform_release'],
  ...['platform_system', 'platform_version', 'python_version', 'python_full_version'],
  ...['implementation_name', 'implementation_version'],
];

const markerOf = (value: TomlTable): string | null => {
  const parts = [
    textAt(value, 'markers'),
    ...MARKER_KEYS.map((key) => {
      const text = textAt(value, key);
      return text === undefined ? undefined : `${key} ${text}`;
    }),
  ].filter((part): part is string => part !== undefined);
  return parts.length === 0 ? null : parts.map((part) => `(${part})`).join(' and ');
};

/** The index that a package names. pipenv uses the first index for a package that names none. */
const indexSource = (
  value: TomlTable,
  { sources, searchesAll }: Pick<PipfileContext, 'sources' | 'searchesAll'>,
): Either<string, PackageSource> => {
  const name = textAt(value, 'index');
  const source = name === undefined ? sources[0] : sources.find((each) => textAt(each, 'name') === name);
  const url = textAt(source, 'url');
  if (name !== undefined && url === undefined) return left(`it has no source "${name}"`);
  const others = sources.flatMap((each) => {
    const other = textAt(each, 'url');
    return !searchesAll || each === source || other === undefined ? [] : (plainIndex(other) ?? DEFAULT_INDEX);
  });
  return right({
    _tag: 'Index',
    url: url === undefined ? null : plainIndex(url),
    ...(others.length === 0 ? {} : { others }),
  });
};

const archiveSource = (value: TomlTable, target: string): PackageSource =>
  isRemote(target)
    ? { _tag: 'Url', url: target, subdirectory: textAt(value, 'subdirectory') ?? null }
    : { _tag: 'Local', path: /^file:/i.test(target) ? pathOfUrl(target) : target };

const sourceOf = (
  value: TomlTable,
  indexes: Pick<PipfileContext, 'sources' | 'searchesAll'>,
): Either<string, PackageSource> => {
  const git = textAt(value, 'git');
  if (git !== undefined) return gitSource(git, textAt(value, 'ref'), textAt(value, 'subdirectory'));
  const other = ['hg', 'svn', 'bzr'].find((key) => textAt(value, key) !== undefined);
  if (other !== undefined) return left(`${other} is not supported, only git`);
  const target = textAt(value, 'path') ?? textAt(value, 'file');
  return target === undefined ? indexSource(value, indexes) : right(archiveSource(value, target));
};

/** Reads a package; null if its markers do not hold on the target. */
export const readPipfileEntry = (
  { name, value, line }: PipfileEntry,
  { file, markers, ...indexes }: PipfileContext,
): Either<PlanError, LockedPackage | null> => {
  const invalid = (reason: string): Either<PlanError, never> =>
    left({ _tag: 'InvalidDeclaration', file, line, reason });
  const text = markerOf(value);
  const marker = text === null ? right(null) : parseMarker(text);
  if (isLeft(marker)) return invalid(`${JSON.stringify(text)} is not a marker: ${marker.left}`);
  if (!evaluateMarker(marker.right, { environment: markers })) return right(null);
  const source = sourceOf(value, indexes);
  if (isLeft(source)) return invalid(`${name}: ${source.left}`);
  const version = /^==\s*([^\s=,*]+)$/.exec(textAt(value, 'version') ?? '')?.[1] ?? null;
  if (version === null && source.right._tag === 'Index') return invalid(`${name} has no locked version`);
  const hashes = textsAt(value, 'hashes');
  const forced = valueAt(value, 'no_binary') === true ? { fromSource: true as const } : {};
  return right({ name, version, source: source.right, hashes, files: null, line, ...forced });
};
