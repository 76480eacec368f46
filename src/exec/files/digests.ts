import type { Stats } from 'node:fs';
import type { Content } from './digest';
import { digestFileSync } from './digest';

/** Gives the digests of a root's files. */
export interface RootDigests {
  /**
   * @param relative path of the file in the root, with `/`
   * @param file its absolute path
   * @param stats the file's current stats, links followed
   * @throws if the file cannot be read
   */
  readonly digest: (relative: string, file: string, stats: Stats) => Content;
}

/**
 * Gives the digests of files.
 *
 * @since 0.1.0
 */
export interface Digests {
  /** @param root absolute path without symbolic links */
  readonly of: (root: string) => RootDigests;
  /** Keeps new digests for later runs; never throws. */
  readonly save: () => void;
}

/** Reads every file, and keeps nothing. */
export const hashing: Digests = {
  of: () => ({ digest: (_, file) => digestFileSync(file) }),
  save: () => undefined,
};
