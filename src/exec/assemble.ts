import * as fs from 'node:fs/promises';
import { constants } from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan, SourceFile } from '../plan/bundle-plan';
import { foldersOf } from '../plan/paths';
import { copyTree } from './copy-tree';
import { digestFile } from './digest';
import type { ExecutionError } from './execution-error';
import { isMissing } from './file-kind';
import { FILES_AT_A_TIME, inParallel } from './in-parallel';
import { ownerOf } from './owner';

/**
 * Puts a bundle together in a new folder: the modules first, the user's files on top. The digest of every copied file
 * must be the plan's, so that a bundle never differs from its hash; no file replaces another.
 */
export const assemble = async (
  plan: BundlePlan,
  tree: string | null,
  folder: string,
): Promise<E.Either<ExecutionError, void>> => {
  await fs.mkdir(folder, { recursive: true });
  if (tree !== null) {
    const shadow = await findShadow(plan, tree);
    if (shadow !== undefined) return E.left(shadow);
    await copyTree(tree, folder);
  }
  const problems = await inParallel(FILES_AT_A_TIME, plan.sources, (source) =>
    place(plan, source, tree, folder),
  );
  const problem = problems.find((found) => found !== undefined);
  return problem === undefined ? E.right(undefined) : E.left(problem);
};

/** Puts one of the user's files in its place; tells why it cannot be there. */
const place = async (
  { entry }: BundlePlan,
  source: SourceFile,
  tree: string | null,
  folder: string,
): Promise<ExecutionError | undefined> => {
  const from = path.join(entry.root, source.from);
  const target = path.join(folder, source.path);
  const copied = await copyNew(from, target);
  if (copied === 'occupied') {
    const distribution =
      tree === null ? 'the sources' : await ownerOf(tree, await inTheWay(tree, source.path));
    return { _tag: 'FileConflict', path: source.path, source: from, distribution };
  }
  if (copied === 'gone' || (await digestFile(target)) !== source.digest) {
    return { _tag: 'SourceChanged', path: from };
  }
  await fs.chmod(target, source.executable ? 0o755 : 0o644);
  return undefined;
};

const copyNew = async (from: string, target: string): Promise<'copied' | 'occupied' | 'gone'> => {
  try {
    await fs.mkdir(path.dirname(target), { recursive: true });
    // A file may have become a named pipe, and copying that would wait for ever.
    if (!(await fs.stat(from)).isFile()) return 'gone';
    await fs.copyFile(from, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    return 'copied';
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'EISDIR') return 'occupied';
    if (isMissing(error)) return syscall === 'mkdir' ? 'occupied' : 'gone';
    throw error;
  }
};

/** What of a tree leaves no room for a file: the same path, or a file where the path has a folder. */
const inTheWay = async (tree: string, relative: string): Promise<string> => {
  for (const folder of foldersOf(relative)) {
    const stats = await fs.lstat(path.join(tree, folder)).catch(() => undefined);
    if (stats?.isDirectory() === false) return folder;
  }
  return relative;
};

/** A module or package among the dependencies that Python would import instead of the entry. */
const findShadow = async ({ entry }: BundlePlan, tree: string): Promise<ExecutionError | undefined> => {
  if (entry.path.includes('/')) return undefined;
  const module = entry.path.replace(/\.py$/, '');
  const names = await fs.readdir(tree);
  const name = names.find(
    (candidate) =>
      candidate === module || (/\.(so|pyd|abi3\.so)$/.test(candidate) && candidate.startsWith(`${module}.`)),
  );
  return name === undefined
    ? undefined
    : { _tag: 'ShadowedHandler', module, path: name, distribution: await ownerOf(tree, name) };
};
