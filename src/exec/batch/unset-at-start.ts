import type { ExecutionError } from '../errors/execution-error';
import { mayHavePieces } from '../parts/module-pieces';
import { unsetBefore } from '../variables/url-variables';
import type { BatchItem, World } from './world';

/**
 * Finds variables without a value before the first process starts, for each set of requirements that a batch will
 * install, by the key of the modules. The first item with a key is installed, so its variables count. Modules in the
 * store need no variable. The content of a shared store is known only later: then the install itself reports such
 * variables.
 */
export const unsetAtStart = (
  { store, remote, places }: Pick<World, 'store' | 'remote' | 'places'>,
  items: readonly BatchItem[],
): ReadonlyMap<string, ExecutionError> => {
  const found = new Map<string, ExecutionError>();
  const seen = new Set<string>();
  if (remote !== undefined) return found;
  for (const { plan, environment } of items) {
    const { install } = plan;
    const key = store.keysOf(plan).modules;
    if (install === null || key === null || plan.dependenciesIn !== 'bundle' || seen.has(key)) continue;
    seen.add(key);
    // Perhaps only local packages of this plan will be installed, which asks no index.
    if (mayHavePieces({ install })) continue;
    const unset = unsetBefore(install, { ...places.environment, ...environment } as Record<string, string>);
    if (unset !== undefined && store.part('modules', key) === undefined) found.set(key, unset);
  }
  return found;
};
