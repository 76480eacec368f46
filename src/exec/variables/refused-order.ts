import { isPinned } from '../../plan/install/installer-argv';
import { orderedBy } from '../../plan/install/index-order';
import type { Values } from '../../plan/variables/installer-environment';
import { handedOn, hostEnvironment, withValues } from '../../plan/variables/installer-environment';
import type { ExecutionError } from '../errors/execution-error';
import { isOrderedBy, ORDER_REFUSED } from '../errors/index-error';
import type { InstallTask } from '../install/install';

/**
 * The error that pip cannot honour the order of the indexes; undefined if the order does not matter.
 *
 * @param own the variables of this machine that count
 * @param tool pip and its version
 */
export const refusedOrder = (
  { install, environment }: Pick<InstallTask, 'install' | 'environment'>,
  own: Values,
  tool: string,
): ExecutionError | undefined => {
  const pins = { isPinned: isPinned(install) };
  const [mine, given] = [handedOn(own, pins), handedOn(environment, pins)];
  const values = { ...withValues(mine), ...hostEnvironment(mine, given) };
  const by = orderedBy(install, values, { ...mine, ...given });
  return by === undefined ? undefined : { _tag: 'IndexOrderNeedsUv', tool, by, isInContainer: false };
};

/** The same error in a container, by its output. */
export const refusedOrderInContainer = (
  { docker }: InstallTask['install'],
  output: string,
): ExecutionError | undefined => {
  const [, by = ''] = new RegExp(`${ORDER_REFUSED} (\\S+)`).exec(output) ?? [];
  return isOrderedBy(by)
    ? { _tag: 'IndexOrderNeedsUv', tool: `pip in ${docker.image}`, by, isInContainer: true }
    : undefined;
};
