import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { Sized } from '../distributions/too-large';

/** Native code, which is for one architecture; a version may follow the extension (`libz.so.1.3`). */
const NATIVE = /\.(so(\.[\d.]+)?|pyd)$/;

/** An extension for one version of Python; an `.abi3.so` works with all later ones. */
const OF_ONE_PYTHON = /\.cpython-[^/.]+\.so$/;

/**
 * The first file of a layer that would not load on all of the layer's targets. Files do not show the effect of markers,
 * which were read for the target that the layer is bundled for.
 */
export const notPortable = (
  { runtime, alsoFor }: Pick<BundlePlan, 'runtime' | 'alsoFor'>,
  files: readonly Pick<Sized, 'path'>[],
): ExecutionError | undefined => {
  const { architectures, runtimes } = alsoFor;
  const file = nativeFor(files, { machine: architectures.length > 0, python: runtimes.length > 0 });
  return file === undefined
    ? undefined
    : {
        _tag: 'NotPortable',
        path: file.path,
        target: `${runtime.name} on ${runtime.architecture}`,
        others: [...runtimes, ...architectures],
      };
};

/** The first file of native code for one machine, or for one version of Python, as far as names tell. */
export const nativeFor = <A extends Pick<Sized, 'path'>>(
  files: readonly A[],
  one: { readonly machine: boolean; readonly python: boolean },
): A | undefined =>
  files.find(({ path }) => (one.machine && NATIVE.test(path)) || (one.python && OF_ONE_PYTHON.test(path)));
