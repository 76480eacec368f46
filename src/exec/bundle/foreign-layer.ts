import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import { finishedFiles } from './finished-files';
import { nativeFor } from './layer-portability';

type Target = BundlePlan['runtime'];

/** The differences between two targets. */
const differences = (
  made: Target,
  wanted: Target,
): { readonly machine: boolean; readonly python: boolean } => ({
  machine: made.architecture !== wanted.architecture,
  python: made.python !== wanted.python,
});

/**
 * The error that a bundle does not load on the template's target, which changed after the bundle was planned. Undefined
 * if it loads.
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
 * The error that a function cannot use one of its layers: the layer has native code for another architecture, or for
 * another version of Python. Undefined if all fit. Only the files of layers for another target are read.
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

/** The files of a finished bundle; only the user's own if it was not made here. */
const filesOf = (plan: BundlePlan): readonly { readonly path: string }[] =>
  finishedFiles(plan) ?? plan.sources;
