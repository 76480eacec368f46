import { parse } from 'smol-toml';
import { sha256 } from '../../values/hash';
import { dependenciesLine } from '../../packaging/project/dependencies-line';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import type { JsonSeparators } from './python-json';
import { pythonJson } from './python-json';
import type { TomlTable } from '../../values/toml-values';

/**
 * A manifest as the tool that hashed it read it, whole numbers as bigints. Null where that cannot be told: it is no TOML,
 * or it may have line breaks of Windows inside a text, which Python's parsers do not agree on.
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
 * Whether the hash in a lock is surely of none of the contents it may have been made of: those of each version of the tool
 * that wrote it. A hash that is none, and a content that cannot be written as Python does, say nothing.
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
 * A lock that is not that of its manifest as it is now.
 *
 * @param command what makes it anew
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
