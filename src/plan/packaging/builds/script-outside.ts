import * as path from 'node:path';
import { namedPaths } from './outside-paths';
import { scriptReads } from './script-reads';

/** What the scripts of a package's build may read outside of its folder. */
export interface ScriptsOutside {
  /** Paths that they name or compute, relative to the folder. */
  readonly paths: readonly string[];
  /** What may be a file in any folder above. */
  readonly names: readonly string[];
  /** The first of them that computes a folder above, relative to the folder; undefined where none does. */
  readonly climbing: string | undefined;
}

/** A path that a script names: seen from the folder of the package, where it runs, or from its own. */
const seenFromPackage = (script: string, named: string): readonly string[] => {
  const folder = path.posix.dirname(script);
  return folder === '.' ? [named] : [named, path.posix.join(folder, named)];
};

/** @param scripts their texts, by paths relative to the package's folder */
export const scriptsOutside = (scripts: Readonly<Record<string, string>>): ScriptsOutside => {
  const read = Object.entries(scripts).map(([file, text]) => ({ file, text, ...scriptReads(text, file) }));
  const paths = read.flatMap(({ file, text, paths: computed }) => [
    ...namedPaths(text).flatMap((named) => seenFromPackage(file, named)),
    ...computed,
  ]);
  return {
    paths: [...new Set(paths)],
    names: [...new Set(read.flatMap(({ names }) => names))],
    climbing: read.find(({ climbs }) => climbs)?.file,
  };
};
