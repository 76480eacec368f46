import * as path from 'node:path';
import { decodedUrl } from '../../values/decoded-url';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { Requirement } from '../../packaging/requirement/requirement';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt, valueAt } from '../../values/toml-values';
import type { LocalKind } from './uv-origin';
import { ofGit, ofIndex, ofLocal, ofUrl } from './uv-origin';

/** The context in which the sources of a manifest are read. */
export interface OriginContext {
  /** Absolute path of the lock's folder. */
  readonly lockFolder: string;
  /** Absolute path of the manifest's folder. */
  readonly folder: string;
  /** The manifest, then that of its workspace's root. The first index with a name counts. */
  readonly tables: readonly TomlTable[];
  /** The folders, as written, of the lock's local packages, by their normalized names. */
  readonly members: ReadonlyMap<string, string>;
}

/** The origins that a lock may have for a requirement; null if they are not known, so that any origin fits. */
export type DeclaredOrigins = readonly string[] | null;

const ANY_LOCAL: readonly LocalKind[] = ['package', 'editable', 'virtual'];

const locals = (
  { lockFolder, folder }: OriginContext,
  written: string,
  kinds: readonly LocalKind[],
): readonly string[] => kinds.map((kind) => ofLocal(kind, lockFolder, path.resolve(folder, written)));

/** A folder's own pyproject.toml says whether it is a package, unless the source says it. */
const kindsOf = (source: TomlTable): readonly LocalKind[] => {
  if (valueAt(source, 'editable') === true) return ['editable'];
  const isPackage = valueAt(source, 'package');
  return isPackage === true
    ? ['package']
    : // An archive is always a package.
      ['package', 'virtual'];
};

/** Without the key `lfs`, a variable on the machine that made the lock may have set it. */
const gitOrigins = (source: TomlTable, git: string): readonly string[] => {
  const asked = Object.fromEntries(
    ['rev', 'tag', 'branch', 'subdirectory', 'path'].map((key) => [key, textAt(source, key)]),
  );
  const lfs = valueAt(source, 'lfs');
  return [
    ...(lfs === true ? [] : [ofGit(git, asked)]),
    ...(lfs === false ? [] : [ofGit(git, { ...asked, lfs: 'true' })]),
  ];
};

const indexOrigins = (
  { tables }: OriginContext,
  { specifier }: Requirement,
  name: string,
): DeclaredOrigins => {
  const [index] = tables
    .flatMap((table) => tablesAt(table, 'tool', 'uv', 'index'))
    .filter((each) => textAt(each, 'name') === name);
  const url = textAt(index, 'url');
  return url === undefined || !/^https?:\/\//i.test(url) || url.includes('$')
    ? null
    : [ofIndex(specifier, url)];
};

/** The origins that a lock may have for a requirement with this source. */
export const originsOfSource = (
  context: OriginContext,
  requirement: Requirement,
  source: TomlTable,
): DeclaredOrigins => {
  // In uv the source wins over a URL, in a way that depends on the kind of source.
  if (requirement.url !== null) return null;
  const [git, url, local] = [textAt(source, 'git'), textAt(source, 'url'), textAt(source, 'path')];
  if (git !== undefined) return gitOrigins(source, git);
  if (url !== undefined) return [ofUrl(url, textAt(source, 'subdirectory'))];
  if (local !== undefined) return locals(context, local, kindsOf(source));
  if (valueAt(source, 'workspace') === true) {
    const member = context.members.get(normalizeName(requirement.name));
    return member === undefined ? null : ANY_LOCAL.map((kind) => ofLocal(kind, context.lockFolder, member));
  }
  const index = textAt(source, 'index');
  return index === undefined ? null : indexOrigins(context, requirement, index);
};

/** Reads `url@rev#subdirectory=folder`. An `@` before the host belongs to the user name. */
const gitUrlOrigins = (url: string): DeclaredOrigins => {
  const [, address = '', fragment = ''] = /^git\+([^#]*)(?:#(.*))?$/s.exec(url) ?? [];
  const [, before = '', host = '', rest = ''] = /^([a-z]+:\/\/)([^/]*)(.*)$/is.exec(address) ?? [];
  const at = rest.lastIndexOf('@');
  const said = new URLSearchParams(fragment);
  const source = {
    ...(at === -1 ? {} : { rev: rest.slice(at + 1) }),
    ...(said.get('subdirectory') === null ? {} : { subdirectory: said.get('subdirectory') ?? '' }),
    ...(said.get('path') === null ? {} : { path: said.get('path') ?? '' }),
    ...(said.get('lfs') === 'true' ? { lfs: true } : {}),
  };
  return before === '' ? null : gitOrigins(source, `${before}${host}${at === -1 ? rest : rest.slice(0, at)}`);
};

const fileOrigins = (context: OriginContext, url: string): DeclaredOrigins => {
  const [, written] = /^file:(?:\/\/(?:localhost)?)?(\/[^?#]*)/i.exec(url) ?? [];
  return written === undefined ? null : locals(context, decodedUrl(written), ANY_LOCAL);
};

/** The origins that a lock may have for a requirement without a source. */
export const originsOfText = (context: OriginContext, { specifier, url }: Requirement): DeclaredOrigins => {
  if (url === null) return [ofIndex(specifier, null)];
  if (url.includes('$')) return null;
  if (/^git\+/i.test(url)) return gitUrlOrigins(url);
  if (/^file:/i.test(url)) return fileOrigins(context, url);
  if (/^https?:/i.test(url)) {
    const [, fragment = ''] = url.split('#');
    return [ofUrl(url, new URLSearchParams(fragment).get('subdirectory') ?? undefined)];
  }
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? null : locals(context, url, ANY_LOCAL);
};
