import type { BundlePlan } from '../plan/bundle-plan';
import { workFolderOf } from './put-in-place';
import type { StoreFolders } from './cache-entries';
import { removeAbandonedLocks } from './store-lock';
import { removeAbandoned } from './temporary';

/** Removes what runs that were killed have left in the store and beside the bundles. */
export const removeLeftovers = (
  store: StoreFolders,
  items: readonly { readonly plan: BundlePlan }[],
): void => {
  const work = new Set(items.map(({ plan }) => workFolderOf(plan)));
  [store.temporaries, ...work].forEach(removeAbandoned);
  removeAbandonedLocks(store);
};
