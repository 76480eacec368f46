import { isPinned } from '../../plan/install/installer-argv';
import { orderedBy } from '../../plan/install/index-order';
import type { Values } from '../../plan/variables/installer-environment';
import { handedOn, hostEnvironment, withValues } from '../../plan/variables/installer-environment';
import type { ExecutionError } from '../errors/execution-error';
import { isOrderedBy, ORDER_REFUSED } from '../errors/index-error';
import type { InstallTask } from '../install/install';

/**
 * Why pip cannot install; undefined where the order of the indexes decides nothing.
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

/** The same of a container, by what it has printed. */
export const refusedOrderInContainer = (
  { docker }: InstallTask['install'],
  output: string,
): ExecutionError | undefined => {
  const [, by = ''] = new RegExp(`${ORDER_REFUSED} (\\S+)`).exec(output) ?? [];
  return isOrderedBy(by)
    ? { _tag: 'IndexOrderNeedsUv', tool: `pip in ${docker.image}`, by, isInContainer: true }
    : undefined;
};
