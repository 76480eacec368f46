import type { PythonImport } from '../python-source/import-statement';
import type { ImportPlaces } from './resolve-import';
import { loadedBy, missingOf } from './resolve-import';

/** The imports of one of the user's modules. */
export interface ImportingFile {
  /** Absolute path. */
  readonly file: string;
  readonly imports: readonly PythonImport[];
  /** The names in its `__all__` that `import *` certainly imports as submodules. @default none */
  readonly exports?: readonly string[];
  /** Whether it changes `sys.path`: Python may then find a module that is not found here. */
  readonly changesPath: boolean;
}

/** An import that finds no module. */
export interface MissingImport {
  /** Dotted name of the missing module; a relative name begins with dots. */
  readonly name: string;
  /** Absolute path of the importing file. */
  readonly file: string;
  /** From 1; 0 where the handler names the module. */
  readonly line: number;
  /** The handler string that names the module. @default - a line of the file names it */
  readonly handler?: string;
}

/**
 * The imports of the user's modules that find no module, each name once. Only modules that Python loads with the entry
 * count, and only imports that are not optional. Empty if one of these modules changes `sys.path`.
 *
 * @param start keys of the modules that Lambda imports
 * @param read the file of a key; undefined for a file that is not text
 */
export const findMissing = (
  places: ImportPlaces,
  start: readonly string[],
  read: (key: string) => ImportingFile | undefined,
): readonly MissingImport[] => {
  const missing = new Map<string, MissingImport>();
  const seen = new Set<string>();
  const waiting = [...start];
  const withExported = (one: PythonImport, importer: string): readonly string[] => {
    const loaded = loadedBy(places.own, one, importer);
    const [last] = one.names.includes('*') ? loaded.slice(-1) : [];
    const { exports = [] } = (last === undefined ? undefined : read(last)) ?? {};
    return exports.length === 0
      ? loaded
      : [...loaded, ...loadedBy(places.own, { ...one, names: exports }, importer)];
  };
  for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const found = read(key);
    if (found?.changesPath === true) return [];
    for (const one of found?.imports ?? []) {
      if (one.conditional || one.after?.some((tried) => missingOf(places, tried, key) !== undefined) === true)
        continue;
      const name = missingOf(places, one, key);
      if (name === undefined) waiting.push(...withExported(one, key));
      else if (!missing.has(name)) missing.set(name, { name, file: found?.file ?? '', line: one.line });
    }
  }
  return [...missing.values()];
};
