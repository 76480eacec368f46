import * as fs from 'node:fs/promises';
import { constants } from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { digestFile } from './digest';
import type { ExecutionError } from './execution-error';
import { isMissing } from './file-kind';
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
    await fs.cp(tree, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  for (const source of plan.sources) {
    const from = path.join(plan.entry.root, source.from);
    const target = path.join(folder, source.path);
    const conflict = async (): Promise<ExecutionError> => ({
      _tag: 'FileConflict',
      path: source.path,
      source: from,
      distribution: tree === null ? 'the sources' : await ownerOf(tree, source.path),
    });
    const copied = await copyNew(from, target);
    if (copied === 'occupied') return E.left(await conflict());
    if (copied === 'gone' || (await digestFile(target)) !== source.digest) {
      return E.left({ _tag: 'SourceChanged', path: from });
    }
    await fs.chmod(target, source.executable ? 0o755 : 0o644);
  }
  return E.right(undefined);
};

const copyNew = async (from: string, target: string): Promise<'copied' | 'occupied' | 'gone'> => {
  try {
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.copyFile(from, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    return 'copied';
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'EISDIR') return 'occupied';
    if (isMissing(error)) return syscall === 'mkdir' ? 'occupied' : 'gone';
    throw error;
  }
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
