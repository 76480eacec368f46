import type { BundlePlan } from '../plan/bundle-plan';
import type { ExecutionError } from './execution-error';
import type { Sized } from './too-large';

/** Native code, which is of one architecture; a version may follow the extension (`libz.so.1.3`). */
const NATIVE = /\.(so(\.[\d.]+)?|pyd)$/;

/** An extension for one version of Python; `.abi3.so` is for all that follow it. */
const OF_ONE_PYTHON = /\.cpython-[^/.]+\.so$/;

/**
 * The first file of a layer that would not load on all that the layer says it is for. What requirements have markers for
 * cannot be told by files: they were read for the target that the layer is bundled for.
 */
export const notPortable = (
  { runtime, alsoFor }: BundlePlan,
  files: readonly Sized[],
): ExecutionError | undefined => {
  const { architectures, runtimes } = alsoFor;
  const file = files.find(
    ({ path }) =>
      (architectures.length > 0 && NATIVE.test(path)) || (runtimes.length > 0 && OF_ONE_PYTHON.test(path)),
  );
  return file === undefined
    ? undefined
    : {
        _tag: 'NotPortable',
        path: file.path,
        target: `${runtime.name} on ${runtime.architecture}`,
        others: [...runtimes, ...architectures],
      };
};
