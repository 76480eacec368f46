import type { BundlePlan } from '../model/bundle-plan';
import type { BundleRequest } from '../request/bundle-request';
import { NO_OTHER_TARGETS } from '../target/other-targets';
import type { PlanError } from '../errors/plan-error';
import { findRuntime } from '../target/python-runtime';
import type { RuntimeChoice } from './runtime-choice';

/** The folder of a layer on every Python runtime's path, as `/opt/python` (Lambda developer guide, "Python layers"). */
export const LAYER_PREFIX = 'python';

/** The errors of a layer's runtimes. A layer must name its runtime, because its users cannot see a default. */
export const layerRuntimeErrors = (
  { alsoFor = NO_OTHER_TARGETS }: Pick<BundleRequest, 'alsoFor'>,
  { source }: RuntimeChoice,
): readonly PlanError[] => [
  ...(source === 'default' ? [{ _tag: 'RuntimeNotSet' } as const] : []),
  ...alsoFor.runtimes
    .filter((name) => findRuntime(name)?.name !== name)
    .map((name) => ({ _tag: 'UnknownRuntime', given: name, from: '`compatibleRuntimes`' }) as const),
];

/** The error of an empty layer, which Lambda would refuse at the end of a deployment. */
export const emptyLayerErrors = ({ entry, sources, install }: BundlePlan): PlanError[] =>
  sources.length > 0 || install !== null ? [] : [{ _tag: 'EmptyLayer', path: entry.root }];

/** The error of a layer's folder `python`: its modules would lie in `python/python`, where no import finds them. */
export const nestedLayerErrors = ({ sources, install, output, entry }: BundlePlan): PlanError[] => {
  const inFolder = sources.filter(({ path }) => path.startsWith(`${LAYER_PREFIX}/`));
  const isPackage = inFolder.some(({ path }) => path === `${LAYER_PREFIX}/__init__.py`);
  return output.prefix !== LAYER_PREFIX || install?.isWhole === true || inFolder.length === 0 || isPackage
    ? []
    : [{ _tag: 'NestedLayer', folder: `${entry.root}/${LAYER_PREFIX}` }];
};
