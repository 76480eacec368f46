import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { isRemote, pathOfUrl } from '../../packaging/local/local-reference';
import { gitSource } from '../locked/locked-source';
import type { LockedPackage, PackageSource } from '../locked/locked-set';
import type { PdmSource } from './pdm-sources';
import { pdmSourceOf } from './pdm-sources';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt, textsAt } from '../../values/toml-values';

/** A `[[package]]` of pdm.lock: of a package for itself, or of what it needs for some of its extras. */
export interface PdmPackage {
  readonly name: string;
  readonly version: string;
  readonly extras: readonly string[];
  readonly table: TomlTable;
  readonly line: number;
}

/** Reads what tells a package from others; on the left what it lacks. */
export const readPdmPackage = (table: TomlTable, line: number): Either<string, PdmPackage> => {
  const [name, version] = [textAt(table, 'name'), textAt(table, 'version')];
  if (name === undefined || version === undefined) return left('a package has no name or no version');
  const extras = textsAt(table, 'extras');
  return right({ name, version, extras, table, line });
};

/** A `file:` URL may begin with the folder of the project, by the name that PDM has for it. */
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

/** The name of a file, also where the lock has its whole URL (strategy `static_urls`). */
const fileName = (file: TomlTable): string | undefined => {
  const url = textAt(file, 'url');
  return textAt(file, 'file') ?? (url === undefined ? undefined : pathOfUrl(url).replace(/^.*\//s, ''));
};

/**
 * A package as it is installed; on the left why it cannot be.
 *
 * @param sources - The indexes of the project
 */
export const toLockedPackage = (
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
