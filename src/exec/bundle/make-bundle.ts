import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { sha256 } from '../../plan/values/hash';
import { assembleFolder, assembleZip } from './assemble';
import type { BundleContent, BundleParts } from './bundle-content';
import { bundleContent } from './bundle-content';
import { manifestOf, manifestText } from './bundle-manifest';
import type { ExecutionError } from '../errors/execution-error';
import { fileError, storeError } from '../store/file-errors';
import type { Part } from '../store/part';
import { areFinished, hasTree, hasZip, installersOf } from '../store/part';
import { putFolderInPlace, putZipInPlace } from './put-in-place';
import { sbomText } from './sbom';
import { isCompiled } from '../bytecode/source-bytecode';
import type { Store } from '../store/store';

/** The bytecode in a bundle: two machines may make the same plan with and without it. */
export interface BytecodeMade {
  readonly modules: boolean;
  readonly sources: boolean;
}

/** A bundle that was made: bytes of all its files, and of the layer beside it. */
export interface BundleMade extends Pick<Part, 'installers'> {
  readonly size: number;
}

/** The key of a finished zip in the store, from its content, whatever asset hash the user has chosen. */
const bundleKey = (content: string, { modules, sources }: BytecodeMade): string =>
  sha256(JSON.stringify(['zip/2', content, modules, sources]));

/**
 * Makes the bundle of a plan whose modules and bytecode are in the store, completely or not at all. It is synchronous
 * and starts no process, so that a synthesis can call it.
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
    const sbom = sbomText(plan, parts.modules);
    if (E.isLeft(sbom)) return sbom;
    const isPut =
      plan.output.packaging === 'zip'
        ? putZip(store, plan, parts, content.right, sbom.right)
        : putFolder(store, plan, content.right, sbom.right);
    return isPut
      ? E.right({ size: content.right.size, ...installersOf(parts.modules ?? {}) })
      : storeChanged(store);
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

/** Whether sources of a bundle were changed or removed since they were checked. */
const haveChanged = ({ output }: BundlePlan, { modules, bytecode }: BundleParts): boolean =>
  [modules, bytecode].some(
    (part) => part !== null && !(output.packaging === 'zip' ? hasZip(part) : hasTree(part)),
  );

/** Puts a zip in its place, unless its sources have changed meanwhile. */
const putZip = (
  store: Store,
  plan: BundlePlan,
  parts: BundleParts,
  content: BundleContent,
  sbom: string | undefined,
): boolean => {
  const made: BytecodeMade = {
    modules: parts.bytecode !== null,
    sources: isCompiled(store, plan),
  };
  const finished = store.temporarySync((temporary) => {
    const [zip, manifest] = [path.join(temporary, 'bundle.zip'), path.join(temporary, 'manifest.json')];
    assembleZip(content, zip, plan.output.prefix);
    // The zip in the store has the content hash, whatever asset hash the user has chosen.
    const hash = { ...plan.hash, asset: plan.hash.content };
    const key = store.keysOf(plan).content;
    const size = fs.statSync(zip).size;
    fs.writeFileSync(manifest, manifestText(manifestOf({ ...plan, hash }, content, size, key)));
    return haveChanged(plan, parts) ? undefined : store.addBundle(bundleKey(key, made), { zip, manifest });
  });
  return finished !== undefined && putZipInPlace(plan, finished, sbom);
};

/** Puts a folder in its place, unless one of its files from the store has changed meanwhile. */
const putFolder = (
  store: Store,
  plan: BundlePlan,
  content: BundleContent,
  sbom: string | undefined,
): boolean => {
  const key = store.keysOf(plan).content;
  return putFolderInPlace(
    plan,
    (bundle) => {
      assembleFolder(content, bundle, plan.output.prefix);
      const folder = path.join(bundle, plan.output.prefix);
      return content.parts.every((part) => areFinished(part.files, folder));
    },
    manifestText(manifestOf(plan, content, null, key)),
    sbom,
    key,
  );
};

/**
 * Takes a finished zip from the store. Returns whether there was one.
 *
 * @param parts the plan's parts in the store; undefined if its modules are not there
 */
export const takeBundle = (
  store: Store,
  plan: BundlePlan,
  made: BytecodeMade,
  parts: BundleParts | undefined,
): boolean => {
  // The bill of materials is made from the modules.
  if (plan.output.packaging !== 'zip' || (plan.output.sbom && parts === undefined)) return false;
  const finished = store.bundle(bundleKey(store.keysOf(plan).content, made));
  if (finished === undefined) return false;
  const sbom = sbomText(plan, parts?.modules ?? null);
  if (E.isLeft(sbom)) return false;
  return putZipInPlace(plan, finished, sbom.right);
};
