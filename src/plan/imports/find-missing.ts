import type { PythonImport } from '../python-source/import-statement';
import type { ImportPlaces } from './resolve-import';
import { loadedBy, missingOf } from './resolve-import';

/** What one of the user's modules imports. */
export interface ImportingFile {
  /** Absolute path. */
  readonly file: string;
  readonly imports: readonly PythonImport[];
  /** The names in its `__all__` that `import *` imports as submodules, where that is sure. @default none */
  readonly exports?: readonly string[];
  /** Whether it changes where Python looks for modules: then what is not found here may be somewhere else. */
  readonly changesPath: boolean;
}

/** An import that finds nothing. */
export interface MissingImport {
  /** Dotted name of what is not there; relative ones begin with dots. */
  readonly name: string;
  /** Absolute path of the importing file. */
  readonly file: string;
  /** From 1; 0 where the handler names the module. */
  readonly line: number;
  /** The handler string that names the module. @default a line of the file does */
  readonly handler?: string;
}

/**
 * What the user's modules import and does not find, each name once: those that Python loads with the entry, by the imports that
 * it cannot do without. Empty where one of them changes `sys.path`.
 *
 * @param start keys of the modules that Lambda imports
 * @param read the file of a key; undefined where it is no text
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
