import type { BatchItem } from './batch';
import { workFolderOf } from './put-in-place';
import type { Store } from './store';
import { removeAbandoned } from './temporary';

/** Removes what runs that were killed have left in the store and beside the bundles. */
export const removeLeftovers = (store: Pick<Store, 'temporaries'>, items: readonly BatchItem[]): void => {
  const work = new Set(items.map(({ plan }) => workFolderOf(plan)));
  [store.temporaries, ...work].forEach(removeAbandoned);
};
