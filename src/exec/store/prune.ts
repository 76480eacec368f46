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

/** What has become of the entries of a store. */
interface Pruned {
  readonly removed: readonly CacheEntry[];
  readonly kept: readonly CacheEntry[];
  /** What should have gone and is still there, with the reason in words. */
  readonly failed: readonly { readonly entry: CacheEntry; readonly reason: string }[];
  /** Whether the time was enough. */
  readonly isDone: boolean;
}

/** How a store is pruned while something waits for it. */
interface Haste {
  /** @default everything is measured anew */
  readonly known?: KnownSizes;
  /** No entry is begun with after that time, in milliseconds; one is always removed. @default any time */
  readonly patience?: number;
}

/**
 * Removes broken entries, those that were not used for too long, and then those that were not used for longest until the
 * others are within a size. What was used in the last ten minutes stays.
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

/** A run may have taken the entry into use since it was listed. */
const remove = (store: StoreFolders, { kind, path, lastUse }: CacheEntry): boolean =>
  lastUseOf(kind, path) === lastUse && discard(path, store.temporaries);

/** How long a synthesis may wait for entries to be removed, in milliseconds. */
const PATIENCE = 100;

/**
 * Keeps a store within its bound, at most once an hour; until then it costs a look at one file. A synthesis waits for it, so
 * it takes its time in portions, and whatever goes wrong is left to the next run.
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
    // A store that is not there, or cannot be written to, needs no pruning.
  }
};
