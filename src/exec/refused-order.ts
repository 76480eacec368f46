import { isPinned } from '../plan/host-install';
import { orderedIndexes } from '../plan/index-order';
import type { Values } from '../plan/installer-environment';
import { handedOn, hostEnvironment, withValues } from '../plan/installer-environment';
import type { ExecutionError } from './execution-error';
import type { InstallTask } from './install';

/**
 * Why pip cannot install; undefined where the order of the indexes decides nothing.
 *
 * @param own the variables of this machine that count
 * @param tool pip and its version
 */
export const refusedOrder = (
  { install, environment }: Pick<InstallTask, 'install' | 'environment'>,
  own: Values,
  texts: readonly string[],
  tool: string,
): ExecutionError | undefined => {
  const pins = { isPinned: isPinned(install) };
  const [mine, given] = [handedOn(own, pins), handedOn(environment, pins)];
  const values = { ...withValues(mine), ...hostEnvironment(mine, given) };
  const named = orderedIndexes(install, values, texts);
  return named === undefined ? undefined : { _tag: 'IndexOrderNeedsUv', tool, named };
};
