import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { digestFileSync } from '../files/digest';
import type { KeptDigest } from '../store/digests-file';
import { readDigestsFile, writeDigestsFile } from '../store/digests-file';
import type { Digests, RootDigests } from '../files/digests';
import { isSettled, stateOf } from '../files/file-state';
import type { SealedName } from '../store/sealed-file';
import { LAYOUT } from '../store/store-layout';

/**
 * From this size on, in bytes, a digest is worth keeping. Measured per file on ext4 with a warm cache, best of 25 runs:
 * to open and hash 0.5 kB takes 6 µs, 16 kB 17 µs, 64 kB 51 µs, 1 MB 740 µs. To find a file among the kept ones takes 3
 * µs for any size, but to write the kept ones 130 to 800 µs. A folder of Python sources is faster to read than to
 * remember, so most roots never have a file of digests.
 */
const WORTH_KEEPING = 64 * 1024;

/** The folder of digests in a layout of a store. */
const FOLDER = 'digests';

interface KeptRoot extends RootDigests {
  readonly save: () => void;
}

/**
 * Digests of large files, kept in a store from one run to the next: an unchanged file is not read again. A store that
 * cannot be read or written counts as empty.
 *
 * @param store absolute path of the store's folder (`storeFolder`)
 * @param now the time, in milliseconds since 1970
 * @since 0.1.0
 */
export const keptDigests = (store: string, now: () => number = Date.now): Digests => {
  const roots = new Map<string, KeptRoot>();
  return {
    of: (root) => {
      const name = { root: store, kind: FOLDER, key: sha256(root) };
      const file = path.join(store, LAYOUT, FOLDER, `${name.key}.json`);
      const kept = roots.get(root) ?? keptRoot(root, name, file, now);
      roots.set(root, kept);
      return kept;
    },
    save: () => {
      for (const root of roots.values()) root.save();
    },
  };
};

const keptRoot = (root: string, name: SealedName, file: string, now: () => number): KeptRoot => {
  let digests: Map<string, KeptDigest> | undefined;
  const used = new Set<string>();
  let isChanged = false;
  return {
    digest: (relative, absolute, { size }) => {
      if (size < WORTH_KEEPING) return digestFileSync(absolute);
      digests ??= new Map(readDigestsFile(name, file, root));
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
      // Other functions leave out other files of the root, so digests that this run did not need may be another's.
      writeDigestsFile(
        name,
        file,
        root,
        new Map([...digests].filter(([relative]) => used.has(relative) || isThere(relative))),
      );
    },
  };
};
