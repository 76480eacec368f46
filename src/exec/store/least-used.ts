import { byText } from '../../plan/values/hash';
import type { CacheEntry } from './cache-entries';
import { bytesOf } from './cache-entries';

/** The limits that a store is pruned to. */
export interface Limits {
  /** Entries unused for longer are removed, in milliseconds. @default - no limit */
  readonly olderThan?: number;
  /** The most bytes of all entries together. @default - no limit */
  readonly maxSize?: number;
}

/** An entry used within this time, in milliseconds, may still be in use: a run links from it, or bundles it. */
export const IN_USE = 10 * 60 * 1000;

/**
 * The entries to remove, in that order: first broken ones, which are of no use, then the least recently used.
 *
 * @param now in milliseconds since 1970
 */
export const leastUsed = (
  entries: readonly CacheEntry[],
  { olderThan = Number.POSITIVE_INFINITY, maxSize = Number.POSITIVE_INFINITY }: Limits,
  now: number,
): readonly CacheEntry[] => {
  let left = bytesOf(entries);
  return [...entries].sort(byUse).filter(({ bytes, lastUse, isBroken }) => {
    const age = now - lastUse;
    // A time far in the future is from before the clock was set back, and not of a current run.
    if (Math.abs(age) < IN_USE) return false;
    const goes = isBroken || age > olderThan || left > maxSize;
    if (goes) left -= bytes;
    return goes;
  });
};

const byUse = (a: CacheEntry, b: CacheEntry): number =>
  Number(b.isBroken) - Number(a.isBroken) || a.lastUse - b.lastUse || byText(a.path, b.path);
