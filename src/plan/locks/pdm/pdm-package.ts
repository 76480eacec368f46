import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { isRemote, pathOfUrl } from '../../packaging/local/local-reference';
import { gitSource } from '../locked/locked-source';
import type { LockedPackage, PackageSource } from '../locked/locked-set';
import type { PdmSource } from './pdm-sources';
import { pdmSourceOf } from './pdm-sources';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt, textsAt } from '../../values/toml-values';

/** A `[[package]]` of pdm.lock: a package, or the dependencies of some of its extras. */
export interface PdmPackage {
  readonly name: string;
  readonly version: string;
  readonly extras: readonly string[];
  readonly table: TomlTable;
  readonly line: number;
}

/** Reads the fields that identify a package, or returns the error. */
export const readPdmPackage = (table: TomlTable, line: number): Either<string, PdmPackage> => {
  const [name, version] = [textAt(table, 'name'), textAt(table, 'version')];
  if (name === undefined || version === undefined) return left('a package has no name or no version');
  const extras = textsAt(table, 'extras');
  return right({ name, version, extras, table, line });
};

/** A `file:` URL may begin with `${PROJECT_ROOT}`, PDM's name for the project's folder. */
const pathOf = (url: string): string => {
  const [, inside] = /^file:\/{2,3}\$\{PROJECT_ROOT\}\/*(.*)$/.exec(url) ?? [];
  return inside === undefined ? pathOfUrl(url) : pathOfUrl(`file:${inside}`) || '.';
};

const sourceOf = (table: TomlTable, index: () => PackageSource): Either<string, PackageSource> => {
  const subdirectory = textAt(table, 'subdirectory');
  const git = textAt(table, 'git');
  if (git !== undefined)
    return gitSource(git, textAt(table, 'revision') ?? textAt(table, 'ref'), subdirectory);
  const other = ['hg', 'svn', 'bzr'].find((key) => textAt(table, key) !== undefined);
  if (other !== undefined) return left(`${other} is not supported, only git`);
  const target = textAt(table, 'path') ?? textAt(table, 'url');
  if (target === undefined) return right(index());
  if (isRemote(target)) return right({ _tag: 'Url', url: target, subdirectory: subdirectory ?? null });
  return right({ _tag: 'Local', path: /^file:/i.test(target) ? pathOf(target) : target });
};

/** The name of a file. With the strategy `static_urls`, the lock has its whole URL. */
const fileName = (file: TomlTable): string | undefined => {
  const url = textAt(file, 'url');
  return textAt(file, 'file') ?? (url === undefined ? undefined : pathOfUrl(url).replace(/^.*\//s, ''));
};

/**
 * The locked package to install, or why it cannot be installed.
 *
 * @param sources - The indexes of the project
 */
export const lockedPdmPackage = (
  { name, version, table, line }: PdmPackage,
  sources: readonly PdmSource[],
): Either<string, LockedPackage> => {
  const files = tablesAt(table, 'files');
  const urls = files.flatMap((file) => textAt(file, 'url') ?? []);
  const source = sourceOf(table, () => pdmSourceOf(name, sources, urls));
  if (isLeft(source)) return left(`${name}: ${source.left}`);
  const names = files.flatMap((file) => fileName(file) ?? []);
  return right({
    name,
    version: source.right._tag === 'Index' ? version : null,
    source: source.right,
    hashes: files.flatMap((file) => textAt(file, 'hash') ?? []),
    files: names.length === 0 ? null : names,
    line,
  });
};
