import type { StoreFolders } from './cache-entries';
import { isInterrupted } from '../process/interruptible';
import type { Holder, Lock } from './store-lock';
import { holderOf, isDead, SILENCE, takeLock, takeOver } from './store-lock';

/** Called with the lock's holder, or `undefined` once this process must do the work. */
export type OnWait = (holder: Holder | undefined) => void;

/** A thing that several processes want, and one makes. */
interface Wanted<A> {
  /** Finds it in the store, if it is there. */
  readonly find: () => Promise<A | undefined>;
  readonly make: () => Promise<A>;
  readonly onWait: OnWait;
  /** How long the holder may be silent, in milliseconds. @default - a minute */
  readonly silence?: number;
}

/**
 * Lets one of several processes make a thing, and gives it to the others from the store. This only saves time:
 *
 * - If the holder was killed, or is silent for too long, one of the waiting processes takes over.
 * - If the holder ends and the thing is not there, it has failed. Then all try at the same time, because one after the
 *   other would only fail more slowly.
 * - If nothing can be locked, each makes it for itself.
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
    // Another process may have finished it since the last look.
    const found = await find();
    if (found !== undefined) return found;
    if (holder !== undefined) onWait(undefined);
    return await make();
  } finally {
    lock?.release();
  }
};

/** Waits until a key is free, or takes over the lock of a holder that is gone. */
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

/** A quarter of the time waited so far, so that the wait grows little; at least 25 ms, at most half a second. */
const pause = (waited: number): number => Math.min(500, Math.max(25, waited / 4));
