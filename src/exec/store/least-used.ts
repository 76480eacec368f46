import { byText } from '../../plan/values/hash';
import type { CacheEntry } from './cache-entries';
import { bytesOf } from './cache-entries';

/** What a store is pruned to. */
export interface Limits {
  /** Entries that were not used for longer go, in milliseconds. @default no age is too old */
  readonly olderThan?: number;
  /** What all entries together may take, in bytes. @default no size is too large */
  readonly maxSize?: number;
}

/** An entry that was used so lately, in milliseconds, may be in use: a run links from it, or puts it into a bundle. */
export const IN_USE = 10 * 60 * 1000;

/**
 * The entries that have to go, in that order: broken ones, which are of no use, then those that were not used for longest.
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
    // A time that is yet to come is of before the clock was put back, and of no run that goes on.
    if (Math.abs(age) < IN_USE) return false;
    const goes = isBroken || age > olderThan || left > maxSize;
    if (goes) left -= bytes;
    return goes;
  });
};

const byUse = (a: CacheEntry, b: CacheEntry): number =>
  Number(b.isBroken) - Number(a.isBroken) || a.lastUse - b.lastUse || byText(a.path, b.path);
