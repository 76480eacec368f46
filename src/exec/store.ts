import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import type { Part } from './part';
import { hasTree, hasZip, readPart } from './part';
import { isUntouched, look, stamp } from './stamp';
import { isMissing } from './file-kind';
import type { MachineDigest, StoreKeys } from './store-keys';
import { NO_MACHINE, storeKeys } from './store-keys';
import { withTemporary, withTemporarySync } from './temporary';

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
  /** A set of modules or its byte code. Its forms are to be looked at: something may have written into them. */
  readonly part: (kind: PartKind, key: string) => Part | undefined;
  /** Takes over a finished part, which lies in a temporary of the store, unless one of the same key will do as well. */
  readonly addPart: (kind: PartKind, key: string, part: Part) => Part;
  /** A finished zip that nothing has touched. */
  readonly bundle: (key: string) => FinishedZip | undefined;
  /** Takes over a finished zip, which lies in a temporary of the store; gives its new place. */
  readonly addBundle: (key: string, finished: FinishedZip) => FinishedZip;
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
 * What a {@link Part} holds.
 *
 * @since 0.1.0
 */
export type PartKind = 'modules' | 'bytecode';

/** The layout of the store; another layout gets another folder, so that two versions never share one. */
export const LAYOUT = 'v2';

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
  const home = environment['HOME'] ?? os.homedir();
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

/**
 * A store in a folder. Entries appear by rename of a finished folder, so that one is whole or not there; the time of an
 * entry's folder is when it was last used.
 *
 * @param machine what this machine adds to keys; by default nothing
 * @since 0.1.0
 */
export const folderStore = (root: string, machine: MachineDigest = NO_MACHINE): Store => {
  const folder = path.join(root, LAYOUT);
  const temporaries = path.join(folder, 'tmp');
  const bundle = (key: string): FinishedZip | undefined => {
    const place = path.join(folder, 'bundles', key);
    const finished = bundleIn(place);
    if (!isUntouched(look(finished.zip)) || !isUntouched(look(finished.manifest))) return undefined;
    markUsed(place);
    return finished;
  };
  return {
    folder,
    temporaries,
    temporary: (work) => withTemporary(temporaries, work),
    temporarySync: (work) => withTemporarySync(temporaries, work),
    keysOf: storeKeys(machine),
    part: (kind, key) => {
      const part = readPart(path.join(folder, kind, key));
      if (part !== undefined) markUsed(part.folder);
      return part;
    },
    addPart: (kind, key, part) => {
      const place = path.join(folder, kind, key);
      // Another run was first: its part has the same key, so it is as good, and somebody may be reading it.
      const there = readPart(place);
      if (there !== undefined && covers(there, part)) return there;
      putInPlace(part.folder, place, temporaries);
      return { ...part, folder: place };
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
      putInPlace(finished, place, temporaries);
      return bundleIn(place);
    },
  };
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

/** Puts a finished folder in its place. One that is there already is replaced: it was found wanting, or is as good. */
const putInPlace = (finished: string, place: string, temporaries: string): void => {
  fs.mkdirSync(path.dirname(place), { recursive: true });
  markUsed(finished);
  for (let attempt = 0; ; attempt += 1) {
    try {
      fs.renameSync(finished, place);
      return;
    } catch (error) {
      const isTaken = ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isTaken || attempt === 10) throw error;
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
