import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { foldersOf } from '../../plan/values/paths';
import { sourcePlace } from '../../plan/model/source-place';
import type { ExecutionError } from '../errors/execution-error';
import { ownerOf } from '../distributions/distribution-of-file';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import { COMES_FIRST, wholeObstacle } from './shadowed-in-whole';

/** The paths of a part; many bundles need those of the same part. */
interface Occupied {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Packages and extensions that hide a module, by the module's path without `.py`. */
  readonly hiding: ReadonlyMap<string, string>;
}

const occupiedBy = new WeakMap<Part, Occupied>();

const occupied = (part: Part): Occupied => {
  const known = occupiedBy.get(part);
  if (known !== undefined) return known;
  const files = new Set(part.files.map((file) => file.path));
  const folders = new Set(part.files.flatMap((file) => foldersOf(file.path)));
  const hiding = new Map(part.files.flatMap(({ path: file }) => hiddenBy(file)));
  const made = { files, folders, hiding };
  occupiedBy.set(part, made);
  return made;
};

/** The module that a file hides, and the file. */
const hiddenBy = (file: string): readonly (readonly [string, string])[] => {
  const folder = path.posix.dirname(file);
  const [name = ''] = path.posix.basename(file).split('.', 1);
  const module = name === '__init__' ? folder : path.posix.join(folder, name);
  return COMES_FIRST.test(file.slice(module.length)) ? [[module, file]] : [];
};

/** In one folder, Python prefers a package to an extension, and both to `name.py` and `name.pyc`. */
const isPackage = (file: string): boolean => path.posix.basename(file).startsWith('__init__.');

/** The first of the user's files that has no place among the modules, or the module that would be imported instead. */
export const findObstacle = (plan: BundlePlan, modules: Part): ExecutionError | undefined => {
  const { files, folders, hiding } = occupied(modules);
  const owner = (file: string): string => ownerOf(treeOf(modules), file);
  if (plan.install?.isWhole === true) return wholeObstacle(plan, files, owner);
  /** The files of a module that a package or an extension of the user's hides. */
  const installedBehind = (module: string, own: string): readonly string[] => {
    const other = hiding.get(module);
    const extension = other !== undefined && !isPackage(other) && isPackage(own) ? [other] : [];
    return [...extension, ...[`${module}.py`, `${module}.pyc`].filter((file) => files.has(file))];
  };
  const shadow = findShadow(plan, { files, folders, hiding });
  if (shadow !== undefined) return { _tag: 'ShadowedHandler', ...shadow, distribution: owner(shadow.path) };
  for (const source of plan.sources) {
    const file = sourcePlace(plan.entry, source);
    const inTheWay =
      foldersOf(source.path).find((folder) => files.has(folder)) ??
      (files.has(source.path) || folders.has(source.path) ? source.path : undefined);
    if (inTheWay !== undefined) {
      return { _tag: 'FileConflict', path: source.path, source: file, distribution: owner(inTheWay) };
    }
    const hidden = hiddenBy(source.path).flatMap(([module]) => installedBehind(module, source.path))[0];
    if (hidden !== undefined) {
      return { _tag: 'FileConflict', path: hidden, source: file, distribution: owner(hidden) };
    }
    const other = source.path.endsWith('.py') ? hiding.get(source.path.slice(0, -'.py'.length)) : undefined;
    if (other !== undefined) {
      return { _tag: 'ShadowedModule', path: other, source: file, distribution: owner(other) };
    }
  }
  return undefined;
};

/**
 * A module or package among the dependencies that Python would import instead of the entry, or of a folder around it.
 */
const findShadow = (
  { entry, sources }: BundlePlan,
  { files, folders, hiding }: Occupied,
): { readonly module: string; readonly path: string } | undefined => {
  // A function's own files come before those of its layers.
  if (entry.path === null) return undefined;
  const name = entry.path.replace(/\.py$/, '');
  const isTop = !name.includes('/');
  const module = name.replaceAll('/', '.');
  if (isTop && (files.has(name) || folders.has(name))) return { module, path: name };
  const instead = hiding.get(name);
  if (instead !== undefined) return { module, path: instead };
  const own = new Set(sources.map((source) => source.path));
  const hasInit = (folder: string): boolean =>
    [own, files].some((paths) => paths.has(`${folder}/__init__.py`));
  const parent = foldersOf(entry.path).find((folder) => files.has(`${folder}.py`) && !hasInit(folder));
  return parent === undefined ? undefined : { module, path: `${parent}.py` };
};
