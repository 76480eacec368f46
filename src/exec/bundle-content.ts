import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan, SourceFile } from '../plan/bundle-plan';
import { byText } from '../plan/hash';
import { foldersOf } from '../plan/paths';
import type { ExecutionError } from './execution-error';
import { ownerOf } from './owner';
import type { Part } from './part';
import { treeOf } from './part';
import { notPortable } from './portable';
import { compileJobs, storedBytecode } from './source-bytecode';
import { wholeObstacle } from './whole-obstacle';
import { readAsPlanned } from './read-as-planned';
import type { Store } from './store';
import type { Sized } from './too-large';
import { tooLarge, total } from './too-large';
import { MOST_ENTRIES } from './zip-directory';
import type { ZippedFile } from './zip-files';

/** The modules of a plan and their byte code, as the store has them; null for what the plan, or this machine, has not. */
export interface BundleParts {
  readonly modules: Part | null;
  readonly bytecode: Part | null;
  /** What is in the layer beside the bundle, as far as it is known: Lambda's limit is one for both. */
  readonly beside?: readonly Part[];
}

/** What goes into a bundle: parts as they are, and files of this function alone. */
export interface BundleContent {
  readonly parts: readonly Part[];
  readonly own: readonly ZippedFile[];
}

/**
 * Reads what goes into a bundle, and says why it cannot be one: the digest of every file must be the plan's, so that a
 * bundle never differs from its hash; no file replaces another, and all together are small enough.
 */
export const bundleContent = (
  store: Store,
  plan: BundlePlan,
  parts: BundleParts,
): E.Either<ExecutionError, BundleContent> => {
  const obstacle = parts.modules === null ? undefined : findObstacle(plan, parts.modules);
  if (obstacle !== undefined) return E.left(obstacle);
  // The user's files are among what was built, as commands have left them.
  if (plan.install?.isWhole === true) return fitting(plan, parts, [], []);
  const sources: ZippedFile[] = [];
  for (const source of plan.sources) {
    const content = readAsPlanned(path.join(plan.entry.root, source.from), source.digest);
    if (content === undefined) return E.left(changed(plan, source));
    sources.push({ path: source.path, content, executable: source.executable });
  }
  const compiled = compileJobs(plan).flatMap((job): ZippedFile | readonly [] => {
    const content = storedBytecode(store, job);
    return content === undefined || content.length === 0
      ? []
      : { path: job.path, content, executable: false };
  });
  return fitting(plan, parts, sources, compiled);
};

const changed = ({ entry }: BundlePlan, { from }: SourceFile): ExecutionError => ({
  _tag: 'SourceChanged',
  path: path.join(entry.root, from),
});

const sized = (files: readonly ZippedFile[]): readonly Sized[] =>
  files.map(({ path: name, content }) => ({ path: name, size: content.length }));

/** Byte code that is not required is left out of a bundle that would be too large with it. */
const fitting = (
  plan: BundlePlan,
  { modules, bytecode, beside = [] }: BundleParts,
  sources: readonly ZippedFile[],
  compiled: readonly ZippedFile[],
): E.Either<ExecutionError, BundleContent> => {
  const { output, bytecode: wanted } = plan;
  const needed = [...(modules?.files ?? []), ...sized(sources)];
  const extra = [...(bytecode?.files ?? []), ...sized(compiled)];
  const without = { parts: modules === null ? [] : [modules], own: sorted(sources) };
  const count = needed.length + extra.length;
  const unportable = notPortable(plan, needed);
  if (unportable !== undefined) return E.left(unportable);
  if (output.packaging === 'zip' && count > MOST_ENTRIES) {
    return E.left({ _tag: 'TooManyFiles', files: count, limit: MOST_ENTRIES });
  }
  const layer = beside.flatMap(inLayer);
  if (total(needed) + total(extra) + total(layer) <= output.maximumSize) {
    return E.right({
      parts: [...without.parts, ...(bytecode === null ? [] : [bytecode])],
      own: sorted([...sources, ...compiled]),
    });
  }
  // Beside a layer it would be so little that whether it is there shall not depend on what the layer holds.
  const isOptional = wanted?.mode === 'auto' && plan.dependenciesIn === 'bundle';
  if (isOptional && total(needed) <= output.maximumSize) return E.right(without);
  return E.left(tooLarge([...needed, ...(wanted === null ? [] : extra), ...layer], output.maximumSize));
};

/** The files of a part that is in a layer, under a name that says so where the largest are listed. */
const inLayer = ({ files }: Part): readonly Sized[] =>
  files.map(({ path: name, size }) => ({ path: name.replace(/(?=\/)|$/, ' (in the layer)'), size }));

const sorted = (files: readonly ZippedFile[]): readonly ZippedFile[] =>
  [...files].sort((a, b) => byText(a.path, b.path));

/** The paths of a part; many bundles ask for those of the same. */
interface Occupied {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const occupiedBy = new WeakMap<Part, Occupied>();

const occupied = (part: Part): Occupied => {
  const known = occupiedBy.get(part);
  if (known !== undefined) return known;
  const files = new Set(part.files.map((file) => file.path));
  const folders = new Set(part.files.flatMap((file) => foldersOf(file.path)));
  occupiedBy.set(part, { files, folders });
  return { files, folders };
};

/** The first of the user's files that has no place among the modules, or a module that would be imported instead. */
const findObstacle = (plan: BundlePlan, modules: Part): ExecutionError | undefined => {
  const { files, folders } = occupied(modules);
  if (plan.install?.isWhole === true) {
    return wholeObstacle(plan, files, (file) => ownerOf(treeOf(modules), file));
  }
  const shadow = findShadow(plan, files, folders);
  if (shadow !== undefined) {
    return { _tag: 'ShadowedHandler', ...shadow, distribution: ownerOf(treeOf(modules), shadow.path) };
  }
  for (const source of plan.sources) {
    const inTheWay =
      foldersOf(source.path).find((folder) => files.has(folder)) ??
      (files.has(source.path) || folders.has(source.path) ? source.path : undefined);
    if (inTheWay !== undefined) {
      return {
        _tag: 'FileConflict',
        path: source.path,
        source: path.join(plan.entry.root, source.from),
        distribution: ownerOf(treeOf(modules), inTheWay),
      };
    }
  }
  return undefined;
};

/** A module or package among the dependencies that Python would import instead of the entry. */
const findShadow = (
  { entry }: BundlePlan,
  files: ReadonlySet<string>,
  folders: ReadonlySet<string>,
): { readonly module: string; readonly path: string } | undefined => {
  // A function's own files come before those of its layers.
  if (entry.path === null || entry.path.includes('/')) return undefined;
  const module = entry.path.replace(/\.py$/, '');
  if (files.has(module) || folders.has(module)) return { module, path: module };
  const extension = [...files].find(
    (file) => file.startsWith(`${module}.`) && !file.includes('/') && /\.(so|pyd)$/.test(file),
  );
  return extension === undefined ? undefined : { module, path: extension };
};
