import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { Part } from './part';
import { readEntrySeal, sealEntry } from './entry-seal';
import { isMissing } from '../files/file-kind';
import { flushFile, flushFolder } from '../files/flush';
import { homeOf } from '../files/home';
import { hasTree, hasZip, readPart, recordOf, zipOf } from './part';
import { ensureKey } from './seal';
import type { SealedName } from './sealed-file';
import { isUntouched, look, stamp } from '../files/stamp';
import type { MachineDigest, StoreKeys } from './store-keys';
import { NO_MACHINE, storeKeys, withMachine } from './store-keys';
import { LAYOUT } from './store-layout';
import { withTemporary, withTemporarySync } from '../files/temporary';

/**
 * Keeps parts and bundles between runs, by the hash of their inputs: one install serves every function, folder and run.
 * Finding an entry starts no process, so it is synchronous.
 *
 * @since 0.1.0
 */
export interface Store {
  /** Absolute path of the store's folder for this layout. */
  readonly folder: string;
  /** Absolute path of the folder for temporary folders. */
  readonly temporaries: string;
  /** Gives work a folder on the store's own disk, and removes it afterwards. */
  readonly temporary: <A>(work: (folder: string) => Promise<A>) => Promise<A>;
  readonly temporarySync: <A>(work: (folder: string) => A) => A;
  /** The keys of a plan's entries: its hashes, combined with the digest of this machine. */
  readonly keysOf: (plan: BundlePlan) => StoreKeys;
  /** The key on this machine for a piece of a plan's modules. */
  readonly keyHere: (plan: BundlePlan, key: string) => string;
  /** Finds a set of modules or its bytecode. The caller must check its tree and zip: they may have been written to. */
  readonly part: (kind: PartKind, key: string) => Part | undefined;
  /** Moves a finished part from a temporary folder into the store, unless the store has one that will do as well. */
  readonly addPart: (kind: PartKind, key: string, part: Part) => Part;
  /** Finds a finished zip, unchanged since it was stored. */
  readonly bundle: (key: string) => StoredZip | undefined;
  /** Moves a finished zip from a temporary folder into the store, and returns its new place. */
  readonly addBundle: (key: string, finished: FinishedZip) => StoredZip;
}

/**
 * A finished bundle, as a zip: absolute paths.
 *
 * @since 0.1.0
 */
export interface FinishedZip {
  readonly zip: string;
  /** The manifest of the zip's content. */
  readonly manifest: string;
}

/**
 * A finished zip in the store.
 *
 * @since 0.1.0
 */
export interface StoredZip extends FinishedZip {
  /** In bytes. */
  readonly zipSize: number;
  /** In bytes. */
  readonly manifestSize: number;
}

/**
 * The kind of a {@link Part}'s files.
 *
 * @since 0.1.0
 */
export type PartKind = 'modules' | 'bytecode';

/**
 * The folder of the store: `CDK_LAMBDA_PYTHON_CACHE`, else the platform's cache folder.
 *
 * @since 0.1.0
 */
export const storeFolder = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string => {
  const named = environment['CDK_LAMBDA_PYTHON_CACHE'];
  if (named !== undefined && named !== '') return path.resolve(named);
  const xdg = environment['XDG_CACHE_HOME'];
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'cdk-lambda-python');
  const home = homeOf(environment);
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'cdk-lambda-python');
  if (platform === 'win32') {
    return path.join(
      environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
      'cdk-lambda-python',
      'cache',
    );
  }
  return path.join(home, '.cache', 'cdk-lambda-python');
};

/** The files of a bundle's entry. */
export const bundleIn = (entry: string): FinishedZip => ({
  zip: path.join(entry, 'bundle.zip'),
  manifest: path.join(entry, 'manifest.json'),
});

/** The name that an entry of a store is sealed with. */
export const sealedName = (folder: string, kind: string, key: string): SealedName => ({
  root: path.dirname(folder),
  kind,
  key,
});

/**
 * A store in a folder. An entry is sealed and flushed, and then appears by one rename, so that it is whole or absent.
 * An entry without a seal of this store does not count. The time of an entry's folder is that of its last use.
 *
 * @param machine digests of this machine, which become part of the keys; by default none
 * @since 0.1.0
 */
export const folderStore = (root: string, machine: MachineDigest = NO_MACHINE): Store => {
  const folder = path.join(root, LAYOUT);
  const temporaries = path.join(folder, 'tmp');
  const bundle = (key: string): StoredZip | undefined => {
    const place = path.join(folder, 'bundles', key);
    const finished = bundleAt(folder, key);
    if (finished !== undefined) markUsed(place);
    return finished;
  };
  const partAt = (kind: PartKind, key: string): Part | undefined => {
    const place = path.join(folder, kind, key);
    const sealed = readEntrySeal(sealedName(folder, kind, key), place);
    return sealed && readPart(place, sealed.digest);
  };
  return {
    folder,
    temporaries,
    keysOf: storeKeys(machine),
    keyHere: (plan, key) => withMachine(key, machine(plan)),
    temporary: (work) =>
      withTemporary(temporaries, (temporary) => {
        ensureKey(root);
        return work(temporary);
      }),
    temporarySync: (work) =>
      withTemporarySync(temporaries, (temporary) => {
        ensureKey(root);
        return work(temporary);
      }),
    part: (kind, key) => {
      const part = partAt(kind, key);
      if (part !== undefined) markUsed(part.folder);
      return part;
    },
    addPart: (kind, key, part) => {
      const place = path.join(folder, kind, key);
      // Another run was first: its part has the same key, so it is as good, and may be in use.
      const findOther = (): Part | undefined => {
        const other = partAt(kind, key);
        return other !== undefined && covers(other, part) ? other : undefined;
      };
      const there = findOther();
      if (there !== undefined) return there;
      const zip = part.zip === null ? null : zipOf(part);
      sealEntry(sealedName(folder, kind, key), part.folder, recordOf(part), zip);
      const files = zip === null ? [recordOf(part)] : [zip, recordOf(part)];
      return putInPlace(part.folder, place, temporaries, files, findOther) ?? { ...part, folder: place };
    },
    bundle,
    addBundle: (key, { zip, manifest }) => {
      // Another run was first: its zip has the same key, so it is as good.
      const there = bundle(key);
      if (there !== undefined) return there;
      const place = path.join(folder, 'bundles', key);
      [zip, manifest].forEach(stamp);
      const finished = `${zip}.entry`;
      fs.mkdirSync(finished);
      fs.renameSync(zip, bundleIn(finished).zip);
      fs.renameSync(manifest, bundleIn(finished).manifest);
      const made = bundleIn(finished);
      sealEntry(sealedName(folder, 'bundles', key), finished, made.manifest, made.zip);
      const sizes = { zipSize: fs.statSync(made.zip).size, manifestSize: fs.statSync(made.manifest).size };
      const other = putInPlace(finished, place, temporaries, [made.zip, made.manifest], () => bundle(key));
      return other ?? { ...bundleIn(place), ...sizes };
    },
  };
};

/** Finds a finished zip with a valid seal, and with the time and size of when it was sealed. */
export const bundleAt = (folder: string, key: string): StoredZip | undefined => {
  const place = path.join(folder, 'bundles', key);
  const sealed = readEntrySeal(sealedName(folder, 'bundles', key), place);
  if (sealed === undefined || sealed.zip === null) return undefined;
  const finished = bundleIn(place);
  const isWhole =
    isUntouched(look(finished.zip), sealed.zip) && isUntouched(look(finished.manifest), sealed.size);
  return isWhole ? { ...finished, zipSize: sealed.zip, manifestSize: sealed.size } : undefined;
};

/** Marks an entry as used now. A read-only store can still be used. */
export const markUsed = (entry: string): void => {
  const now = Date.now() / 1000;
  try {
    fs.utimesSync(entry, now, now);
  } catch {
    // Pruning then sees an older time.
  }
};

/** Whether a part has every form of another part, unchanged since it was finished. */
const covers = (there: Part, part: Part): boolean =>
  (part.zip === null || hasZip(there)) && (!part.own || hasTree(there));

/**
 * Puts a finished folder in its place. If another run has put one there while this one was flushed, returns that; one
 * that cannot be used is replaced.
 *
 * @param files the files to flush first; the seal itself shows whether it is whole
 * @param findOther finds an entry of another run that will do as well, and may be in use
 */
const putInPlace = <A>(
  finished: string,
  place: string,
  temporaries: string,
  files: readonly string[],
  findOther: () => A | undefined,
): A | undefined => {
  fs.mkdirSync(path.dirname(place), { recursive: true });
  markUsed(finished);
  files.forEach(flushFile);
  flushFolder(finished);
  for (let attempt = 0; ; attempt += 1) {
    try {
      fs.renameSync(finished, place);
      flushFolder(path.dirname(place));
      return undefined;
    } catch (error) {
      const isTaken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isTaken || attempt === 10) throw error;
      const other = findOther();
      if (other !== undefined) return other;
      discard(place, temporaries);
    }
  }
};

/**
 * Removes an entry at once; a run that is reading it keeps its open files.
 *
 * @returns whether the entry was there: another run may have been faster
 */
export const discard = (entry: string, temporaries: string): boolean =>
  withTemporarySync(temporaries, (temporary) => {
    try {
      fs.renameSync(entry, path.join(temporary, 'entry'));
      return true;
    } catch (error) {
      if (!isMissing(error)) throw error;
      return false;
    }
  });
