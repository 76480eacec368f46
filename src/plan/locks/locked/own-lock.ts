import { ArchitectureName } from '../../target/architecture';
import { sha256 } from '../../values/hash';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, textAt, textsAt } from '../../values/toml-values';

/**
 * The table that `cdk-lambda-python lock` writes into a pylock.toml beside the packages (PEP 751, "[tool]"). It has the
 * input of the lock, so that a change of it is noticed. It has no user names, passwords and absolute paths.
 */
export interface OwnLock extends WrittenLock {
  /** The oldest Python that the lock allows; null if the lock does not say it. */
  readonly oldestPython: string | null;
}

/** The written part of the table. */
export interface WrittenLock {
  /** Name of the declaration, which lies in the same folder. */
  readonly declaration: string;
  /** All requirements of the declaration. */
  readonly requirements: readonly string[];
  /** Its settings of `[tool.uv]`, such as `tool.uv.exclude-newer = "2026-01-01T00:00:00Z"`. */
  readonly settings: readonly string[];
  readonly groups: readonly string[];
  readonly extras: readonly string[];
  /** A date or time; later files of the index did not count. Null for the day of the lock. */
  readonly resolvedAsOf: string | null;
  /** The runtimes that the command named, such as `3.13`; empty if it found them itself. */
  readonly runtimes: readonly string[];
  /** The architectures that the command named; empty for any. */
  readonly architectures: readonly ArchitectureName[];
}

const TABLE = '[tool.cdk-lambda-python]';

/** The file name of a declaration's lock. Both lie in one folder. */
export const lockNameOf = (declaration: string): string => {
  if (declaration === 'requirements.txt' || declaration === 'pyproject.toml') return 'pylock.toml';
  // PEP 751 allows no dots in the name.
  return `pylock.${declaration.replace(/\.(txt|py|toml)$/, '').replaceAll('.', '-')}.toml`;
};

/** TOML reads every escape that JSON writes. */
const quoted = (text: string): string => JSON.stringify(text);

const listed = (key: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${key} = [`, ...items.map((item) => `    ${quoted(item)},`), ']'];

/** Line ends do not count, because Git may have changed them. */
const digestOf = (packages: string): string => sha256(packages.replaceAll('\r\n', '\n').trimEnd());

/**
 * The text of a lock.
 *
 * @param packages a pylock.toml without the table
 */
export const lockText = (packages: string, own: WrittenLock): string =>
  [
    packages.trimEnd(),
    '',
    TABLE,
    `declaration = ${quoted(own.declaration)}`,
    ...listed('requirements', own.requirements),
    ...listed('settings', own.settings),
    ...listed('groups', own.groups),
    ...listed('extras', own.extras),
    ...(own.resolvedAsOf === null ? [] : [`resolved-as-of = ${quoted(own.resolvedAsOf)}`]),
    ...listed('runtimes', own.runtimes),
    ...listed('architectures', own.architectures),
    `packages = ${quoted(digestOf(packages))}`,
    '',
  ].join('\n');

/** The table of this library in a lock; undefined if another tool wrote the lock. */
export const ownLockOf = (lock: TomlTable): OwnLock | undefined => {
  const table = tableAt(lock, 'tool', 'cdk-lambda-python');
  const declaration = textAt(table, 'declaration');
  return declaration === undefined
    ? undefined
    : {
        declaration,
        requirements: textsAt(table, 'requirements'),
        settings: textsAt(table, 'settings'),
        groups: textsAt(table, 'groups'),
        extras: textsAt(table, 'extras'),
        resolvedAsOf: textAt(table, 'resolved-as-of') ?? null,
        runtimes: textsAt(table, 'runtimes'),
        oldestPython: /^>=\s*(3\.\d+)/.exec(textAt(lock, 'requires-python') ?? '')?.[1] ?? null,
        architectures: textsAt(table, 'architectures').filter((name) => ArchitectureName.is(name)),
      };
};

/** Whether a file is the lock of a declaration. This needs no parser. */
export const isLockOf = (text: string, declaration: string): boolean => {
  const table = text.lastIndexOf(TABLE);
  return table !== -1 && text.slice(table).split(/\r?\n/)[1] === `declaration = ${quoted(declaration)}`;
};

/** The packages of a lock as a text, and whether they are unchanged since the lock was written. */
export const packagesIn = (text: string): { readonly packages: string; readonly isAsWritten: boolean } => {
  const table = text.lastIndexOf(TABLE);
  const packages = table === -1 ? text : text.slice(0, table);
  const [, digest] = /^packages = "([0-9a-f]{64})"$/m.exec(table === -1 ? '' : text.slice(table)) ?? [];
  return { packages, isAsWritten: digest === digestOf(packages) };
};
