import type { Stats } from 'node:fs';
import type { Content } from './digest';
import { digestFileSync } from './digest';

/** Where the digests of a root's files come from. */
export interface RootDigests {
  /**
   * @param relative path of the file in the root, with `/`
   * @param file its absolute path
   * @param stats what was just found there, links followed
   * @throws where the file cannot be read
   */
  readonly digest: (relative: string, file: string, stats: Stats) => Content;
}

/**
 * Where digests come from.
 *
 * @since 0.1.0
 */
export interface Digests {
  /** @param root absolute path without symbolic links */
  readonly of: (root: string) => RootDigests;
  /** Keeps what is new for later runs; never throws. */
  readonly save: () => void;
}

/** Every file is read, and nothing is kept. */
export const hashing: Digests = {
  of: () => ({ digest: (_, file) => digestFileSync(file) }),
  save: () => undefined,
};
