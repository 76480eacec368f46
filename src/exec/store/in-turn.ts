import type { StoreFolders } from './cache-entries';
import { isInterrupted } from '../process/interruptible';
import type { Holder, Lock } from './store-lock';
import { holderOf, isDead, SILENCE, takeLock, takeOver } from './store-lock';

/** Takes whom this process waits for; nobody any more where it has to make it by itself after all. */
export type OnWait = (holder: Holder | undefined) => void;

/** What several processes want, of which one is to make it. */
interface Wanted<A> {
  /** What is there of it by now. */
  readonly find: () => Promise<A | undefined>;
  readonly make: () => Promise<A>;
  readonly onWait: OnWait;
  /** @default a minute */
  readonly silence?: number;
}

/**
 * Makes what several processes on a store want in one of them, and gives it to the others from the store. Nothing but time
 * depends on it:
 *
 * - where a holder was killed, or gives no sign of itself for too long, one of those that wait takes over;
 * - where it ends and what it made is not there, it has failed: they all try by themselves then, side by side, because one
 *   after the other would fail only slower;
 * - where nothing can be locked, each does all of it.
 */
export const inTurn = async <A>(
  store: StoreFolders,
  key: string,
  { find, make, onWait, silence = SILENCE }: Wanted<A>,
): Promise<A> => {
  let holder: Holder | undefined;
  const onHolder = (other: Holder): void => onWait((holder = other));
  const lock = takeLock(store, key) ?? (await waitFor(store, key, onHolder, silence));
  try {
    // Another may have been done with it since it was looked for.
    const found = await find();
    if (found !== undefined) return found;
    if (holder !== undefined) onWait(undefined);
    return await make();
  } finally {
    lock?.release();
  }
};

/** Waits until a key is free, or its holder is gone; then with its lock. */
const waitFor = async (
  store: StoreFolders,
  key: string,
  onHolder: (holder: Holder) => void,
  silence: number,
): Promise<Lock | undefined> => {
  const started = performance.now();
  let seen: (Holder & { readonly since: number }) | undefined;
  for (;;) {
    const holder = holderOf(store, key);
    if (holder === undefined || isInterrupted()) return undefined;
    const now = performance.now();
    if (holder.name !== seen?.name) onHolder(holder);
    if (holder.name !== seen?.name || holder.beat !== seen.beat) seen = { ...holder, since: now };
    if (isDead(holder) || now - seen.since > silence) {
      const taken = takeOver(store, key, holder);
      if (taken !== false) return taken;
    }
    await new Promise((resolve) => setTimeout(resolve, pause(now - started)));
  }
};

/** A quarter of what was waited already, so that it makes little of the whole; at least 25 ms, at most half a second. */
const pause = (waited: number): number => Math.min(500, Math.max(25, waited / 4));
