import { decodedUrl } from '../../values/decoded-url';
import { asText, tableAt, tablesAt, textAt, valueAt, type TomlTable } from '../../values/toml-values';

/** A package's files in a lock. */
interface LockedFiles {
  readonly hashes: readonly string[];
  /** The names; null if the lock lists no file. */
  readonly files: readonly string[] | null;
}

/** The last part of a URL or a path. */
const baseName = (location: string): string | undefined => {
  const name = location.replace(/[?#].*/s, '').replace(/^.*[/\\]/s, '');
  return name === '' ? undefined : name;
};

/** The name of a file in a lock: its own key, or the last part of its URL or path. */
const fileNameOf = (file: TomlTable): string | undefined => {
  const url = textAt(file, 'url');
  const path = textAt(file, 'path');
  return (
    textAt(file, 'filename') ??
    textAt(file, 'name') ??
    (url !== undefined ? baseName(decodedUrl(url)) : path !== undefined ? baseName(path) : undefined)
  );
};

/** The hashes of a file: `hash = "sha256:…"` (uv) or `hashes = { sha256 = "…" }` (PEP 751). */
const hashesOf = (file: TomlTable): readonly string[] => {
  const hash = textAt(file, 'hash');
  const named = Object.entries(tableAt(file, 'hashes') ?? {}).flatMap(([algorithm, value]) =>
    asText(value) === undefined ? [] : [`${algorithm}:${String(value)}`],
  );
  return hash === undefined ? named : [hash, ...named];
};

/** The wheels and the source distribution that a table of a lock lists under `wheels`, `sdist` and `archive`. */
export const lockedFiles = (table: TomlTable): LockedFiles => {
  const listed = [...tablesAt(table, 'wheels'), valueAt(table, 'sdist'), valueAt(table, 'archive')].flatMap(
    (value) => tableAt({ value }, 'value') ?? [],
  ) as readonly TomlTable[];
  const names = listed.flatMap((file) => fileNameOf(file) ?? []);
  return {
    hashes: [...new Set(listed.flatMap(hashesOf))],
    files: names.length === 0 ? null : [...new Set(names)],
  };
};
