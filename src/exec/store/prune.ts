import * as path from 'node:path';
import { cacheBound } from './cache-bound';
import type { CacheEntry, KnownSizes, StoreFolders } from './cache-entries';
import { lastUseOf, listEntries } from './cache-entries';
import { reasonOf } from '../files/file-kind';
import type { Limits } from './least-used';
import { leastUsed } from './least-used';
import { isDue, knownSizes, markBegun, markUnfinished, rememberSizes } from './prune-marker';
import { sayLine } from '../process/progress';
import { requireKey } from './seal';
import { discard } from './store';

/** The result of a pruning. */
interface Pruned {
  readonly removed: readonly CacheEntry[];
  readonly kept: readonly CacheEntry[];
  /** Entries that could not be removed, with the reason in words. */
  readonly failed: readonly { readonly entry: CacheEntry; readonly reason: string }[];
  /** Whether the time was enough. */
  readonly isDone: boolean;
}

/** How to prune faster while a synthesis waits. */
interface Haste {
  /** Sizes that need no new walk. @default - everything is measured */
  readonly known?: KnownSizes;
  /** After this time in milliseconds, no further entry is removed; one always is. @default - no limit */
  readonly patience?: number;
}

/**
 * Removes broken and too old entries, and then the least recently used until the rest is within the size limit. Entries
 * used in the last ten minutes stay.
 *
 * @param now in milliseconds since 1970
 */
export const prune = (
  store: StoreFolders,
  limits: Limits,
  now: number,
  { known, patience = Number.POSITIVE_INFINITY }: Haste = {},
): Pruned => {
  requireKey(path.dirname(store.folder));
  const entries = listEntries(store, known);
  const started = performance.now();
  const removed: CacheEntry[] = [];
  const failed: Pruned['failed'][number][] = [];
  let isDone = true;
  for (const entry of leastUsed(entries, limits, now)) {
    isDone = removed.length === 0 || performance.now() - started <= patience;
    if (!isDone) break;
    try {
      if (remove(store, entry)) removed.push(entry);
    } catch (error) {
      failed.push({ entry, reason: reasonOf(error) });
    }
  }
  const gone = new Set(removed);
  return { removed, failed, isDone, kept: entries.filter((entry) => !gone.has(entry)) };
};

/** Removes an entry, unless a run has used it since it was listed. */
const remove = (store: StoreFolders, { kind, path, lastUse }: CacheEntry): boolean =>
  lastUseOf(kind, path) === lastUse && discard(path, store.temporaries);

/** How long a synthesis may wait for pruning, in milliseconds. */
const PATIENCE = 100;

/**
 * Keeps a store within its size limit, at most once an hour; in between, it costs a look at one file. A synthesis waits
 * for it, so it works in short portions. The next run retries what failed.
 */
export const pruneWhenDue = (
  store: StoreFolders,
  environment: NodeJS.ProcessEnv = process.env,
  now = Date.now(),
  tell = sayLine,
): void => {
  try {
    if (!isDue(store, now)) return;
    markBegun(store, now);
    const { bytes, complaint } = cacheBound(environment);
    if (complaint !== undefined) tell(complaint);
    const haste = { known: knownSizes(store), patience: PATIENCE };
    const { kept, isDone } = prune(store, { maxSize: bytes }, now, haste);
    rememberSizes(store, kept, now);
    if (!isDone) markUnfinished(store);
  } catch {
    // A store that does not exist or is read-only needs no pruning.
  }
};
