import type { Stats } from 'node:fs';
import * as fs from 'node:fs';

/**
 * The time that every finished file carries: the earliest that a zip can hold, which is also what the CDK CLI stamps on what
 * it zips. A file may be linked, not copied, from the store into `cdk.out`; whoever writes into it changes its time, by which
 * the change is noticed before the file is served again.
 */
const STAMP = Date.UTC(1980, 0, 1) / 1000;

export const stamp = (file: string): void => {
  fs.utimesSync(file, STAMP, STAMP);
};

/** Whether a file is as it was finished. */
export const isUntouched = (stats: Stats | undefined, size?: number): boolean =>
  stats?.isFile() === true && stats.mtimeMs === STAMP * 1000 && (size === undefined || stats.size === size);

/** Whether a folder holds the files that it was finished with, whatever became of these. */
export const isFolderStamped = (stats: Stats | undefined): boolean =>
  stats?.isDirectory() === true && stats.mtimeMs === STAMP * 1000;

/** What is at a path itself, not where a link leads; undefined where nothing is, or nothing that may be looked at. */
export const look = (file: string): Stats | undefined => {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};
