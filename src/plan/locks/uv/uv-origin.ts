import * as path from 'node:path';
import { relativePath } from '../../values/paths';
import { redactUrls } from '../../values/redact';
import type { TomlTable } from '../../values/toml-values';
import { textAt } from '../../values/toml-values';
import { normalizeSpecifier } from '../../packaging/requirement/specifier';

/*
 * The origin of a requirement's package as a text that is equal in a lock and in its manifest. uv compares origins
 * (`uv lock --check`), so each text has everything that uv writes.
 */

/** The form of a URL that uv compares: as WHATWG writes it, without user name, password and fragment. */
const plainUrl = (text: string): string => {
  try {
    const url = new URL(text.replace(/^git\+/, ''));
    url.username = '';
    url.password = '';
    url.hash = '';
    return url.href;
  } catch {
    return redactUrls(text);
  }
};

const withoutSlash = (text: string): string => text.replace(/(?<=.)\/+$/, '');

const plainFolder = (text: string): string => withoutSlash(path.posix.normalize(text));

/** The origin in an index; null for a requirement that names no index. */
export const ofIndex = (specifier: string, index: string | null): string =>
  `${normalizeSpecifier(specifier)}${index === null ? '' : ` of the index ${withoutSlash(plainUrl(index))}`}`;

/** The origin of an archive on the network. */
export const ofUrl = (url: string, subdirectory: string | undefined): string =>
  ` of ${plainUrl(url)}${subdirectory === undefined ? '' : ` (folder ${plainFolder(subdirectory)})`}`;

/** The keys of a Git source that uv keeps. */
const GIT_KEYS = ['rev', 'tag', 'branch', 'subdirectory', 'path', 'lfs'] as const;

/** The origin in a Git repository, with the values of {@link GIT_KEYS}. */
export const ofGit = (url: string, asked: Readonly<Record<string, string | undefined>>): string =>
  [
    ` of ${plainUrl(url.replace(/\?[^#]*/, ''))}`,
    ...GIT_KEYS.flatMap((key) => {
      const value = asked[key];
      if (value === undefined) return [];
      return [`${key} ${key === 'subdirectory' || key === 'path' ? plainFolder(value) : value}`];
    }),
  ].join(', ');

/** How a folder or an archive of this machine is installed. */
export type LocalKind = 'package' | 'editable' | 'virtual';

/** uv's keys in a lock for these kinds. */
const LOCAL_KEYS = {
  path: 'package',
  directory: 'package',
  editable: 'editable',
  virtual: 'virtual',
} as const;

/** The origin of a folder or an archive of this machine, with its path relative to the lock's folder. */
export const ofLocal = (kind: LocalKind, lockFolder: string, written: string): string =>
  ` of ${relativePath(lockFolder, path.resolve(lockFolder, written))}${kind === 'package' ? '' : ` (${kind})`}`;

/** The keys and values in the query of a Git URL. */
const askedOf = (git: string): Readonly<Record<string, string>> => {
  const query = /\?([^#]*)/.exec(git)?.[1];
  return query === undefined ? {} : Object.fromEntries(new URLSearchParams(query));
};

/**
 * The origin in an entry of a lock's `requires-dist`, or of a similar list.
 *
 * @param folder absolute path of the lock's folder
 */
export const lockedOrigin = (entry: TomlTable, folder: string): string => {
  const [git, url] = [textAt(entry, 'git'), textAt(entry, 'url')];
  if (git !== undefined) return ofGit(git, askedOf(git));
  if (url !== undefined) return ofUrl(url, textAt(entry, 'subdirectory'));
  for (const [key, kind] of Object.entries(LOCAL_KEYS)) {
    const local = textAt(entry, key);
    if (local !== undefined) return ofLocal(kind, folder, local);
  }
  return ofIndex(textAt(entry, 'specifier') ?? '', textAt(entry, 'index') ?? null);
};
