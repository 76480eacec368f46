import * as path from 'node:path';
import { pathsInConfiguration } from './outside-paths';
import { scriptReads } from './script-reads';

/** The files outside of a package's folder that its build scripts may read. */
export interface ScriptsOutside {
  /** Paths that the scripts name or compute, relative to the folder. */
  readonly paths: readonly string[];
  /** Names of possible files in any folder above. */
  readonly names: readonly string[];
  /** The first script that computes a folder above, relative to the folder; undefined where no script does. */
  readonly climbing: string | undefined;
}

/** A path in a script, resolved from the package's folder, where it runs, and from the script's own folder. */
const seenFromPackage = (script: string, named: string): readonly string[] => {
  const folder = path.posix.dirname(script);
  return folder === '.' ? [named] : [named, path.posix.join(folder, named)];
};

/** @param scripts their texts, by paths relative to the package's folder */
export const scriptsOutside = (scripts: Readonly<Record<string, string>>): ScriptsOutside => {
  const read = Object.entries(scripts).map(([file, text]) => ({ file, text, ...scriptReads(text, file) }));
  const paths = read.flatMap(({ file, text, paths: computed }) => [
    ...pathsInConfiguration(text).flatMap((named) => seenFromPackage(file, named)),
    ...computed,
  ]);
  return {
    paths: [...new Set(paths)],
    names: [...new Set(read.flatMap(({ names }) => names))],
    climbing: read.find(({ climbs }) => climbs)?.file,
  };
};
