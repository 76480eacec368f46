import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { sha256 } from '../plan/hash';
import { assembleFolder, assembleZip } from './assemble';
import type { BundleContent, BundleParts } from './bundle-content';
import { bundleContent } from './bundle-content';
import type { ExecutionError } from './execution-error';
import { fileError, storeError } from './file-errors';
import { linkFile } from './link-file';
import { areFinished, hasTree, hasZip } from './part';
import { isPresent } from './present';
import { isCompiled } from './source-bytecode';
import { isUntouched, look } from './stamp';
import type { Store } from './store';
import { withTemporarySync } from './temporary';

/** Bundles get their last touch beside their place, on the same disk, so that the last step is a rename. */
const WORK_FOLDER = '.cdk-lambda-python';

/** Which byte code a bundle has: two machines may make the same plan with and without it. */
export interface BytecodeMade {
  readonly modules: boolean;
  readonly sources: boolean;
}

/** A bundle that was made: bytes of all its files, and of the layer beside it. */
export interface BundleMade {
  readonly size: number;
}

/** The key of a finished zip in the store: of what it holds, whatever asset hash the user has chosen. */
const bundleKey = ({ hash }: BundlePlan, { modules, sources }: BytecodeMade): string =>
  sha256(JSON.stringify(['zip/1', hash.content, modules, sources]));

/**
 * Makes the bundle of a plan whose modules and byte code are in the store: all of it, or nothing. It waits for nothing and
 * starts nothing, so that it can be a part of a synthesis.
 */
export const makeBundle = (
  store: Store,
  plan: BundlePlan,
  parts: BundleParts,
): E.Either<ExecutionError, BundleMade> => {
  const place = path.dirname(plan.output.path);
  try {
    const content = bundleContent(store, plan, parts);
    if (E.isLeft(content)) return content;
    const isPut =
      plan.output.packaging === 'zip'
        ? putZip(store, plan, parts, content.right)
        : putFolder(plan, content.right);
    return isPut ? E.right({ size: content.right.size }) : storeChanged(store);
  } catch (error) {
    return haveChanged(plan, parts) ? storeChanged(store) : E.left(errorOf(error, store, place));
  }
};

const errorOf = (error: unknown, store: Store, place: string): ExecutionError => {
  const { path: file = '' } = error as NodeJS.ErrnoException;
  return file.startsWith(store.folder) ? storeError(error, store) : fileError(error, place);
};

const storeChanged = ({ folder }: Store): E.Either<ExecutionError, never> =>
  E.left({ _tag: 'StoreChanged', path: folder });

/** Whether somebody has written to what a bundle is made of, or taken it away, since it was found to be there. */
const haveChanged = ({ output }: BundlePlan, { modules, bytecode }: BundleParts): boolean =>
  [modules, bytecode].some(
    (part) => part !== null && !(output.packaging === 'zip' ? hasZip(part) : hasTree(part)),
  );

/** Puts a zip in its place, unless what it was made of has changed meanwhile. */
const putZip = (store: Store, plan: BundlePlan, parts: BundleParts, content: BundleContent): boolean => {
  const made: BytecodeMade = {
    modules: parts.bytecode !== null,
    sources: isCompiled(store, plan),
  };
  const zip = store.temporarySync((temporary) => {
    const file = path.join(temporary, 'bundle.zip');
    assembleZip(content, file, plan.output.prefix);
    return haveChanged(plan, parts) ? undefined : store.addBundle(bundleKey(plan, made), file);
  });
  return zip !== undefined && inWorkFolder(plan, (work) => publish(plan, zip, work));
};

/** Takes a finished zip from the store; whether there was one. */
export const takeBundle = (store: Store, plan: BundlePlan, made: BytecodeMade): boolean => {
  const zip = plan.output.packaging === 'zip' ? store.bundle(bundleKey(plan, made)) : undefined;
  if (zip === undefined) return false;
  return inWorkFolder(plan, (work) => publish(plan, zip, work));
};

/** Whether the zip is still what it was finished as. */
const publish = ({ output }: BundlePlan, zip: string, work: string): boolean => {
  const file = path.join(work, 'bundle.zip');
  linkFile(zip, file);
  if (!isUntouched(look(file))) return false;
  // Two names of one file: a rename from one to the other would do nothing and leave both.
  fs.rmSync(output.path, { recursive: true, force: true });
  fs.renameSync(file, output.path);
  return true;
};

/** Puts a folder in its place, unless a file that it has from the store has changed meanwhile. */
const putFolder = (plan: BundlePlan, content: BundleContent): boolean =>
  inWorkFolder(plan, (work) => {
    const bundle = path.join(work, 'bundle');
    assembleFolder(content, bundle, plan.output.prefix);
    const folder = path.join(bundle, plan.output.prefix);
    if (!content.parts.every((part) => areFinished(part.files, folder))) return false;
    const place = plan.output.path;
    try {
      fs.renameSync(bundle, place);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      // Another run was first with the same plan: the hash is the same, so are the bytes.
      if (isPresent(plan)) return true;
      fs.renameSync(place, path.join(work, 'replaced'));
      fs.renameSync(bundle, place);
    }
    return true;
  });

/** Work on the disk of the output folder, which is left as it was found but for the bundle. */
const inWorkFolder = <A>(plan: BundlePlan, work: (temporary: string) => A): A => {
  const folder = workFolderOf(plan);
  try {
    return withTemporarySync(folder, work);
  } finally {
    try {
      fs.rmdirSync(folder);
    } catch {
      // Another run works in it.
    }
  }
};

/** Where runs that were killed may have left work beside a plan's output. */
export const workFolderOf = ({ output }: BundlePlan): string => workFolderIn(path.dirname(output.path));

/** The same in the folder that outputs are in. */
export const workFolderIn = (folder: string): string => path.join(folder, WORK_FOLDER);
