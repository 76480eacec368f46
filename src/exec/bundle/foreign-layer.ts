import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import { finishedFiles } from './finished-files';
import { nativeFor } from './layer-portability';

type Target = BundlePlan['runtime'];

/** What two targets differ in. */
const differences = (
  made: Target,
  wanted: Target,
): { readonly machine: boolean; readonly python: boolean } => ({
  machine: made.architecture !== wanted.architecture,
  python: made.python !== wanted.python,
});

/**
 * Why a bundle does not load on the target that the template names: something has changed the target after the bundle was planned.
 * Undefined where it loads.
 */
export const foreignBundle = (plan: BundlePlan, wanted: Target): ExecutionError | undefined => {
  const file = nativeFor(filesOf(plan), differences(plan.runtime, wanted));
  return (
    file && {
      _tag: 'ForeignBundle',
      path: file.path,
      made: targetOf(plan.runtime),
      target: targetOf(wanted),
    }
  );
};

/**
 * Why a function cannot use a layer that it names: the layer has native code for another architecture, or for another version of
 * Python. Undefined where all of them fit. Only the files of a layer for another target are looked at.
 */
export const foreignLayer = (wanted: Target, layers: readonly BundlePlan[]): ExecutionError | undefined => {
  for (const layer of layers) {
    const other = differences(layer.runtime, wanted);
    if (!other.machine && !other.python) continue;
    const file = nativeFor(filesOf(layer), other);
    if (file === undefined) continue;
    return {
      _tag: 'ForeignLayer',
      path: file.path,
      layer: layer.label,
      made: targetOf(layer.runtime),
      target: targetOf(wanted),
    };
  }
  return undefined;
};

const targetOf = ({ name, architecture }: BundlePlan['runtime']): string => `${name} on ${architecture}`;

/** The files of a finished bundle; only the user's own where it was not made here. */
const filesOf = (plan: BundlePlan): readonly { readonly path: string }[] =>
  finishedFiles(plan) ?? plan.sources;
