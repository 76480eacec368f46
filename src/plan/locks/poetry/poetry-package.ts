import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { gitSource } from '../locked/locked-source';
import type { LockedPackage, PackageSource } from '../locked/locked-set';
import { indexUrl } from '../../packaging/requirement/package-indexes';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, tablesAt, textAt, valueAt } from '../../values/toml-values';

/** A `[[package]]` of poetry.lock. */
export interface PoetryPackage {
  readonly name: string;
  readonly version: string;
  /** Such as `git`; null for a package of PyPI. */
  readonly sourceType: string | null;
  /** The name of the index, or the branch or tag. */
  readonly sourceReference: string | null;
  readonly table: TomlTable;
  readonly line: number;
}

/** Reads the fields that identify a package, or returns the error. */
export const readPoetryPackage = (table: TomlTable, line: number): Either<string, PoetryPackage> => {
  const [name, version] = [textAt(table, 'name'), textAt(table, 'version')];
  if (name === undefined || version === undefined) return left('a package has no name or no version');
  return right({
    name,
    version,
    sourceType: textAt(table, 'source', 'type') ?? null,
    sourceReference: textAt(table, 'source', 'reference') ?? null,
    table,
    line,
  });
};

const sourceOf = ({ table, sourceType }: PoetryPackage): Either<string, PackageSource> => {
  const url = textAt(table, 'source', 'url');
  if (sourceType === null) return right({ _tag: 'Index', url: null });
  if (url === undefined) return left('its source has no url');
  const subdirectory = textAt(table, 'source', 'subdirectory');
  switch (sourceType) {
    case 'legacy':
      return right({ _tag: 'Index', url: indexUrl(url) });
    case 'git':
      return gitSource(url, textAt(table, 'source', 'resolved_reference'), subdirectory);
    case 'url':
      return right({ _tag: 'Url', url, subdirectory: subdirectory ?? null });
    case 'directory':
    case 'file':
      return right({ _tag: 'Local', path: url });
    default:
      return left(`its source has the unknown type ${JSON.stringify(sourceType)}`);
  }
};

/** Whether a file's name has a version, and not only a longer version that begins with it. */
const isOfVersion = (file: string, version: string): boolean => {
  const at = file.indexOf(`-${version}`);
  return at !== -1 && /^(-|\.(tar|zip|tgz|egg|exe))/.test(file.slice(at + version.length + 1));
};

/**
 * The files of a package. Lock versions before 2.0 list them by name at the end, with all versions of a package
 * together. The first lock versions list only their digests.
 */
const filesOf = ({ name, version, table }: PoetryPackage, lock: TomlTable): readonly TomlTable[] => {
  if (valueAt(table, 'files') !== undefined) return tablesAt(table, 'files');
  const key = [name, normalizeName(name)].find(
    (each) => valueAt(lock, 'metadata', 'files', each) !== undefined,
  );
  const listed = key === undefined ? [] : tablesAt(lock, 'metadata', 'files', key);
  const own = listed.filter((file) => isOfVersion(textAt(file, 'file') ?? '', version));
  if (listed.length > 0) return own.length > 0 ? own : listed;
  return itemsAt(lock, 'metadata', 'hashes', name).flatMap((hash) =>
    typeof hash === 'string' ? { hash: `sha256:${hash}` } : [],
  );
};

/** The locked package to install, or why it cannot be installed. */
export const lockedPoetryPackage = (each: PoetryPackage, lock: TomlTable): Either<string, LockedPackage> => {
  const source = sourceOf(each);
  if (isLeft(source)) return left(`${each.name}: ${source.left}`);
  const files = filesOf(each, lock);
  const names = files.flatMap((file) => asText(valueAt(file, 'file')) ?? []);
  return right({
    name: each.name,
    version: source.right._tag === 'Index' ? each.version : null,
    source: source.right,
    hashes: files.flatMap((file) => textAt(file, 'hash') ?? []),
    files: names.length === 0 ? null : names,
    line: each.line,
  });
};
