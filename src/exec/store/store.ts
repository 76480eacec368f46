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
 * What is kept between runs, by the hash of what decides it: one install serves every function, folder and run. What is
 * found here is settled without starting a process, so all of it is synchronous.
 *
 * @since 0.1.0
 */
export interface Store {
  /** Absolute path of the folder that holds all of it. */
  readonly folder: string;
  /** Where temporaries lie. */
  readonly temporaries: string;
  /** Gives work a folder on the store's own disk; removed after the work. */
  readonly temporary: <A>(work: (folder: string) => Promise<A>) => Promise<A>;
  readonly temporarySync: <A>(work: (folder: string) => A) => A;
  /** The keys of what belongs to a plan: its hashes, and what this machine adds to them. */
  readonly keysOf: (plan: BundlePlan) => StoreKeys;
  /** The key on this machine of a piece of a plan's modules. */
  readonly keyHere: (plan: BundlePlan, key: string) => string;
  /** A set of modules or its byte code. Its forms are to be looked at: something may have written into them. */
  readonly part: (kind: PartKind, key: string) => Part | undefined;
  /** Takes over a finished part, which lies in a temporary of the store, unless one of the same key will do as well. */
  readonly addPart: (kind: PartKind, key: string, part: Part) => Part;
  /** A finished zip that nothing has touched. */
  readonly bundle: (key: string) => StoredZip | undefined;
  /** Takes over a finished zip, which lies in a temporary of the store; gives its new place. */
  readonly addBundle: (key: string, finished: FinishedZip) => StoredZip;
}

/**
 * A bundle that is finished, as a zip: absolute paths.
 *
 * @since 0.1.0
 */
export interface FinishedZip {
  readonly zip: string;
  /** Of what is in it. */
  readonly manifest: string;
}

/**
 * A finished zip as it was put into the store.
 *
 * @since 0.1.0
 */
export interface StoredZip extends FinishedZip {
  /** Of the zip, in bytes. */
  readonly zipSize: number;
  /** Of the manifest, in bytes. */
  readonly manifestSize: number;
}

/**
 * What a {@link Part} holds.
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

/** The files of an entry that is a finished bundle. */
export const bundleIn = (entry: string): FinishedZip => ({
  zip: path.join(entry, 'bundle.zip'),
  manifest: path.join(entry, 'manifest.json'),
});

/** What the seal of an entry of a store is made with. */
export const sealedName = (folder: string, kind: string, key: string): SealedName => ({
  root: path.dirname(folder),
  kind,
  key,
});

/**
 * A store in a folder. An entry appears by rename of a finished folder, sealed and flushed, so that it is whole or not there.
 * What has no seal of this store is as if it were not there. The time of an entry's folder is when it was last used.
 *
 * @param machine what this machine adds to keys; by default nothing
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
      // Another run was first: its part has the same key, so it is as good, and somebody may be reading it.
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

/** A finished zip that has its seal, and the time and size that it was sealed with. */
export const bundleAt = (folder: string, key: string): StoredZip | undefined => {
  const place = path.join(folder, 'bundles', key);
  const sealed = readEntrySeal(sealedName(folder, 'bundles', key), place);
  if (sealed === undefined || sealed.zip === null) return undefined;
  const finished = bundleIn(place);
  const isWhole =
    isUntouched(look(finished.zip), sealed.zip) && isUntouched(look(finished.manifest), sealed.size);
  return isWhole ? { ...finished, zipSize: sealed.zip, manifestSize: sealed.size } : undefined;
};

/** Has an entry been used now. A store that cannot be written to still serves what it has. */
export const markUsed = (entry: string): void => {
  const now = Date.now() / 1000;
  try {
    fs.utimesSync(entry, now, now);
  } catch {
    // Pruning then goes by an older time.
  }
};

/** Whether a part has, untouched, every form that another has. */
const covers = (there: Part, part: Part): boolean =>
  (part.zip === null || hasZip(there)) && (!part.own || hasTree(there));

/**
 * Puts a finished folder in its place, unless another run has put one there while this one was flushed: answers that. One that
 * cannot be used is replaced.
 *
 * @param files what is flushed before; the seal tells by itself whether it is whole
 * @param findOther what another run has put there, if it will do as well: somebody may be reading it
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
 * Takes an entry away at once; a run that is reading it has its files until it closes them. Tells whether it was there:
 * another run may have been faster.
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
