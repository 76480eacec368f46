import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../plan/hash';
import { digestFileSync } from './digest';
import type { KeptDigest } from './digest-file';
import { readDigestFile, writeDigestFile } from './digest-file';
import type { Digests, RootDigests } from './digests';
import { isSettled, stateOf } from './file-state';

/**
 * From this size on, in bytes, a digest is worth keeping. Measured on a laptop's ext4 with warm caches, per file: to open
 * and hash 0.5 kB takes 10 µs, 16 kB 45 µs, 64 kB 100 µs, 1 MB 1 ms; to look at a file's state and find it among the kept
 * ones takes 5 to 10 µs, and to write the file of kept ones 0.2 to 1.5 ms. So a folder of Python sources is read
 * faster than it is remembered, and most roots never have a file of digests.
 */
const WORTH_KEEPING = 64 * 1024;

/** Where in a store digests are kept; another layout gets another folder. */
const LAYOUT = path.join('v2', 'digests');

interface KeptRoot extends RootDigests {
  readonly save: () => void;
}

/**
 * Digests of large files, kept in a store from one run to the next: a file that is unchanged is not read again. A store
 * that cannot be read or written is the same as an empty one.
 *
 * @param store absolute path of the store's folder (`storeFolder`)
 * @param now the time, in milliseconds since 1970
 * @since 0.1.0
 */
export const keptDigests = (store: string, now: () => number = Date.now): Digests => {
  const roots = new Map<string, KeptRoot>();
  return {
    of: (root) => {
      const file = path.join(store, LAYOUT, `${sha256(root)}.json`);
      const kept = roots.get(root) ?? keptRoot(root, file, now);
      roots.set(root, kept);
      return kept;
    },
    save: () => {
      for (const root of roots.values()) root.save();
    },
  };
};

const keptRoot = (root: string, file: string, now: () => number): KeptRoot => {
  let digests: Map<string, KeptDigest> | undefined;
  const used = new Set<string>();
  let isChanged = false;
  return {
    digest: (relative, absolute, { size }) => {
      if (size < WORTH_KEEPING) return digestFileSync(absolute);
      digests ??= new Map(readDigestFile(file, root));
      used.add(relative);
      const at = now();
      const stats = fs.statSync(absolute, { bigint: true });
      const state = stateOf(stats);
      const known = digests.get(relative);
      if (known?.state === state) return { digest: known.digest, size: Number(stats.size) };
      const content = digestFileSync(absolute);
      if (isSettled(stats, at)) {
        digests.set(relative, { state, digest: content.digest });
        isChanged = true;
      }
      return content;
    },
    save: () => {
      if (!isChanged || digests === undefined) return;
      isChanged = false;
      const isThere = (relative: string): boolean => fs.existsSync(path.join(root, relative));
      // Other functions leave other files of the root out, so what this run did not ask for may be another's.
      writeDigestFile(
        file,
        root,
        new Map([...digests].filter(([relative]) => used.has(relative) || isThere(relative))),
      );
    },
  };
};
