import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';

/**
 * Why a folder that commands of the user's have built is no bundle of a function: its entry is not there, or Python would
 * import something else in its place. The plan's own files are none that would: it has made sure of that.
 *
 * @param files paths of all files that were built, with `/`
 * @param ownerOf the distribution that a file comes from
 */
export const wholeObstacle = (
  { entry }: Pick<BundlePlan, 'entry'>,
  files: ReadonlySet<string>,
  ownerOf: (file: string) => string,
): ExecutionError | undefined => {
  if (entry.path === null) return undefined;
  if (!files.has(entry.path)) return { _tag: 'EntryGone', path: entry.path, source: entry.file };
  const name = entry.path.replace(/\.py$/, '');
  const other = [...files].find((file) => file.startsWith(name) && COMES_FIRST.test(file.slice(name.length)));
  return other === undefined
    ? undefined
    : {
        _tag: 'ShadowedHandler',
        module: name.replaceAll('/', '.'),
        path: other,
        distribution: ownerOf(other),
      };
};

/**
 * What follows a module's name in the path of what Python on Linux imports before `name.py`: a package, or an extension. It does not
 * look at `name.pyd`, nor at a library of another form of name.
 */
export const COMES_FIRST =
  /^(\/__init__\.(pyc?|((cpython-[^/.]+|abi3)\.)?so)|\.((cpython-[^/.]+|abi3)\.)?so)$/;
