import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';

/**
 * The reason why a folder built by the user's commands is not a bundle of a function: its entry is missing, or Python
 * would import another module in its place. The plan has already checked its own files.
 *
 * @param files paths of all built files, with `/`
 * @param ownerOf gives the distribution of a file
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
 * Endings of paths that Python on Linux imports before `name.py`: packages and extensions. It ignores `name.pyd`, and
 * libraries with other forms of names.
 */
export const COMES_FIRST =
  /^(\/__init__\.(pyc?|((cpython-[^/.]+|abi3)\.)?so)|\.((cpython-[^/.]+|abi3)\.)?so)$/;
