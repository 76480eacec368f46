import type { ExecutionError } from '../errors/execution-error';
import { mayHavePieces } from '../parts/module-pieces';
import { unsetBefore } from '../variables/url-variables';
import type { BatchItem, World } from './world';

/**
 * The variables that have no value, of all sets of requirements that a batch will install, by the key of their modules. It is known
 * before the first process starts. The first item of a key is the one that is installed, so its variables count. What the store has
 * needs no variable, and what a shared store has is only known later: then the install itself tells.
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
    // Of these the local packages alone may be installed, which asks no index.
    if (mayHavePieces({ install })) continue;
    const unset = unsetBefore(install, { ...places.environment, ...environment } as Record<string, string>);
    if (unset !== undefined && store.part('modules', key) === undefined) found.set(key, unset);
  }
  return found;
};
