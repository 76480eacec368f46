import { parse } from 'smol-toml';
import { sha256 } from '../../values/hash';
import { dependenciesLine } from '../../packaging/project/dependencies-line';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import type { JsonSeparators } from './python-json';
import { pythonJson } from './python-json';
import type { TomlTable } from '../../values/toml-values';

/**
 * A manifest's table as the tool that hashed it read it, with integers as bigints. Null if that is not known: the
 * manifest is not TOML, or may have Windows line breaks inside a text, which Python's parsers read differently.
 */
export const manifestTable = (text: string): TomlTable | null => {
  if (text.includes('\r') && /"""|'''/.test(text)) return null;
  try {
    return parse(text, { integersAsBigInt: true });
  } catch {
    return null;
  }
};

/**
 * Whether the hash in a lock certainly differs from the hashes of all contents, which are those of each version of the
 * tool. A lock with an unknown kind of hash, or a content without a known JSON text, counts as current.
 */
export const isStale = (
  hash: unknown,
  contents: readonly unknown[],
  separators: JsonSeparators = 'spaced',
): boolean => {
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return false;
  const texts = contents.map((content) => pythonJson(content, separators));
  return texts.every((text) => text !== null && sha256(text) !== hash);
};

/**
 * The error of a lock that is out of date with its manifest.
 *
 * @param command the command that locks again
 */
export const outdated = (
  lock: ProjectFile,
  manifest: ProjectFile,
  reason: string,
  command: string,
): PlanError => ({
  _tag: 'LockOutdated',
  file: lock.file,
  manifest: manifest.file,
  line: dependenciesLine(manifest),
  reason,
  command,
});
