import type { Stats } from 'node:fs';
import * as fs from 'node:fs';

/**
 * The time of every finished file: the earliest that a zip can hold, which the CDK CLI also sets in its zips. A file in
 * `cdk.out` may be a hard link to the store. A write to it changes its time, which shows the change before the file is
 * used again.
 */
const STAMP = Date.UTC(1980, 0, 1) / 1000;

export const stamp = (file: string): void => {
  fs.utimesSync(file, STAMP, STAMP);
};

/** Whether a file is unchanged since it was finished. */
export const isUntouched = (stats: Stats | undefined, size?: number): boolean =>
  stats?.isFile() === true && stats.mtimeMs === STAMP * 1000 && (size === undefined || stats.size === size);

/** Whether a folder still has the names that it was finished with; its files may have changed. */
export const isFolderStamped = (stats: Stats | undefined): boolean =>
  stats?.isDirectory() === true && stats.mtimeMs === STAMP * 1000;

/** The stats of a path, links not followed; undefined if it does not exist or may not be looked at. */
export const look = (file: string): Stats | undefined => {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};
