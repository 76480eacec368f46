import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Ignores } from '../../plan/sources/ignore-rules';
import { ignoresOf } from '../../plan/sources/ignore-rules';
import { isOutside, relativePath, staysInside } from '../../plan/values/paths';
import type { PlanError } from '../../plan/errors/plan-error';
import type { SnapshotFile } from '../../plan/model/source-snapshot';
import type { Digests } from '../files/digests';
import { walk } from './walk';

/** The files that were read outside a package's folder: their paths are relative to it, and begin with `../`. */
export interface OutsideFiles {
  readonly files: readonly SnapshotFile[];
  readonly problems: readonly PlanError[];
}

/** The folders that decide which files are read. */
export interface OutsidePlace {
  /** Absolute path of the package's folder. */
  readonly folder: string;
  /** Absolute path of the folder outside which nothing is read. */
  readonly within: string;
  readonly ignores: Ignores;
  readonly digests: Digests;
}

const WILDCARD = /[*?[]/;

/** A pattern, split into the folder in which it begins, and the rest. */
const apart = (pattern: string): { readonly base: string; readonly rest: string | undefined } => {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => WILDCARD.test(part));
  return first < 0
    ? { base: pattern, rest: undefined }
    : { base: parts.slice(0, first).join('/'), rest: parts.slice(first).join('/') };
};

/**
 * Reads the files outside a package's folder that its configuration names. Missing files are left out: the build
 * reports those that it needs.
 *
 * @param patterns as `outsidePaths` gives them
 */
export const outsideFiles = (
  patterns: readonly string[],
  { folder, within, ignores, digests }: OutsidePlace,
): OutsideFiles => {
  const read = patterns.map((pattern): OutsideFiles => {
    const { base, rest } = apart(pattern);
    const place = path.resolve(folder, base);
    if (isOutside(within, place)) return NOTHING;
    const stats = fs.statSync(place, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) {
      const { files, problems } = walk(place, () => narrowed(ignores, rest), 'follow', digests);
      return { files: files.map((file) => seenFrom(folder, place, file)), problems };
    }
    const name = path.basename(place);
    if (stats?.isFile() !== true || rest !== undefined || ignores(name)) return NOTHING;
    const content = digests.of(fs.realpathSync(path.dirname(place))).digest(name, place, stats);
    const file = { path: name, executable: (stats.mode & 0o100) !== 0, ...content };
    return { files: [seenFrom(folder, path.dirname(place), file)], problems: [] };
  });
  return {
    files: read.flatMap(({ files }) => files).filter((file) => !staysInside(file.path)),
    problems: read.flatMap(({ problems }) => problems),
  };
};

const NOTHING: OutsideFiles = { files: [], problems: [] };

const seenFrom = (folder: string, base: string, file: SnapshotFile): SnapshotFile => ({
  ...file,
  path: relativePath(folder, path.join(base, file.path)),
});

/** Keeps only files that match a pattern, and folders, which may have such files. */
const narrowed = (ignores: Ignores, pattern: string | undefined): Ignores => {
  if (pattern === undefined) return ignores;
  const matches = ignoresOf([`/${pattern}`]);
  const isFlat = !pattern.includes('/') && !pattern.includes('**');
  return (file) => ignores(file) || (file.endsWith('/') ? isFlat : !matches(file));
};
