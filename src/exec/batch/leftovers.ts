import type { BundlePlan } from '../../plan/model/bundle-plan';
import { workFolderOf } from '../bundle/put-in-place';
import type { StoreFolders } from '../store/cache-entries';
import { removeAbandonedLocks } from '../store/store-lock';
import { removeAbandoned } from '../files/temporary';

/** Removes files that killed runs have left in the store and beside the bundles. */
export const removeLeftovers = (
  store: StoreFolders,
  items: readonly { readonly plan: BundlePlan }[],
): void => {
  const work = new Set(items.map(({ plan }) => workFolderOf(plan)));
  [store.temporaries, ...work].forEach(removeAbandoned);
  removeAbandonedLocks(store);
};
