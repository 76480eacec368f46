import * as path from 'node:path';
import type { TargetRuntime } from '../model/bundle-plan';
import type { BundleRequest } from '../request/bundle-request';
import type { NativeFile } from '../model/native-code';
import { fitOf, isExtension, isImported, isLibrary, OTHER_SYSTEMS, otherPython } from '../model/native-code';
import type { PlanError } from '../errors/plan-error';
import type { SourceSnapshot } from '../model/source-snapshot';
import { showTarget } from '../runtime/target-runtime';
import { isWhole } from './whole-build';

/** A file of native code, by its path in the bundle. */
export interface NativeSource {
  readonly path: string;
  readonly native: NativeFile;
}

/** A native file that can never run on a target, and the reason. */
interface NeverRuns<A extends NativeSource> {
  readonly file: A;
  readonly needs: string;
}

/**
 * Whether a file is the loader of a C library. Bundles with a loader start programs with it
 * (`./ld-linux-x86-64.so.2 ./tool`).
 */
const isLoader = (file: string): boolean => /^ld-(?:linux|musl)[^/]*\.so/.test(path.posix.basename(file));

/** The needs of a file without its C library. */
const withoutLibrary = ({ machine, bits }: NativeFile): NativeFile => ({ machine, bits, glibcMinor: 0 });

const nameOf = (file: string): string => path.posix.basename(file).split('.', 1)[0] ?? '';

/** Names of 32-bit machines that the same processor may run. It is unknown whether Lambda's system allows it. */
const SMALLER: Readonly<Record<TargetRuntime['architecture'], string>> = { x86_64: 'i686', arm64: 'arm' };

/**
 * The user's native files that can never run on a target. If there are files for several targets, the bundle picks one
 * at run time: a library or program for another machine is fine beside one for the target, and an extension module
 * beside the same module for the target. A program for another system does no harm. Python ignores an extension module
 * for another Python or system: if its source lies beside it, as with mypyc and Cython, Python imports the source.
 *
 * @param places all paths in the bundle
 * @param hasLibrary whether the files were made with the target's own C library
 */
export const foreignSources = <A extends NativeSource>(
  files: readonly A[],
  runtime: TargetRuntime,
  places: ReadonlySet<string>,
  hasLibrary = false,
): readonly NeverRuns<A>[] => {
  const hasLoader = files.some((file) => isLoader(file.path));
  const judged = files.map((file) => {
    const asked = hasLoader ? withoutLibrary(file.native) : file.native;
    const { needs, isForMachine } = fitOf(asked, runtime, hasLibrary);
    return { file, isForMachine, needs: needs ?? otherPython(file.path, runtime) };
  });
  const isServed = judged.some(({ isForMachine }) => isForMachine);
  const fits = new Set(judged.flatMap(({ needs, file }) => (needs === undefined ? nameOf(file.path) : [])));
  const hasSource = (file: string): boolean => {
    const module = path.posix.join(path.posix.dirname(file), nameOf(file));
    return places.has(`${module}.py`) || places.has(`${module}/__init__.py`);
  };
  return judged.flatMap(({ file, isForMachine, needs }): NeverRuns<A> | readonly [] => {
    if (isExtension(file.path) && !isImported(file.path, runtime) && hasSource(file.path)) return [];
    const isModule = isExtension(file.path) || isImported(file.path, runtime);
    const { machine } = file.native;
    const isAnothers = isLibrary(file.path)
      ? !isServed
      : !isServed && !OTHER_SYSTEMS.includes(machine) && machine !== SMALLER[runtime.architecture];
    const isUseless = isModule || isForMachine || isAnothers;
    return needs !== undefined && isUseless && !fits.has(nameOf(file.path)) ? { file, needs } : [];
  });
};

/**
 * Errors for the user's own files that cannot run on the target of a bundle. If commands run on them, the result of the
 * commands is checked instead.
 */
export const foreignErrors = (
  request: Pick<BundleRequest, 'hooks' | 'docker'>,
  { files, included = [] }: Pick<SourceSnapshot, 'files' | 'included'>,
  runtime: TargetRuntime,
): readonly PlanError[] => {
  if (isWhole(request)) return [];
  const own = files.map((file) => ({ ...file, from: null }));
  const others = included.map((file) => ({ ...file, from: path.join(file.folder ?? '', file.from) }));
  const native = [...own, ...others].flatMap(({ path: place, native: one, from }) =>
    one === undefined ? [] : { path: place, native: one, from },
  );
  const places = new Set([...own, ...others].map((file) => file.path));
  const [first, ...more] = foreignSources(native, runtime, places);
  if (first === undefined) return [];
  return [
    {
      _tag: 'ForeignSource',
      path: first.file.path,
      included: first.file.from,
      needs: first.needs,
      others: more.length,
      target: showTarget(runtime),
    },
  ];
};
