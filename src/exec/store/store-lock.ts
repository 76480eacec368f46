import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { StoreFolders } from './cache-entries';
import { isMissing } from '../files/file-kind';
import { isOfDeadProcess, newName, removeAbandoned, withTemporarySync } from '../files/temporary';
import { readTextBytes } from '../files/read-text';

/**
 * Who makes something that others want as well: a file in a folder of the store, whose name says which process on which
 * machine that is. It keeps others from doing the same work, and from nothing else: what is made appears in the store by
 * rename, with a lock as without.
 */
export interface Holder {
  /** The name of its file. */
  readonly name: string;
  /** What its file has in it: other than before, as long as it is at work. */
  readonly beat: string;
}

/** What a process has locked. */
export interface Lock {
  /** Lets others have it. */
  readonly release: () => void;
}

/** How often a holder shows that it is at work, in milliseconds. */
const BEAT = 5000;

/** Without a sign of it for so long, whoever holds a lock is taken for gone, in milliseconds. */
export const SILENCE = 60_000;

const locksOf = ({ folder }: StoreFolders): string => path.join(folder, 'locks');

/** A host's name may hold what a file's may not. */
const ownName = (): string => newName(os.hostname().replace(/[^\w.-]/g, '_'));

/** The holder in words. */
export const showHolder = ({ name }: Pick<Holder, 'name'>): string => {
  const [, pid, host] = /^(\d+)-[0-9a-f]{8}-(.*)$/s.exec(name) ?? [];
  return `process ${pid ?? '?'} on ${host ?? '?'}`;
};

/**
 * Locks a key; undefined where somebody else has, or nothing can be locked. The folder with the holder's file in it appears by
 * one rename, which a folder that has a file in it stands in the way of, and an empty one does not.
 */
export const takeLock = (store: StoreFolders, key: string): Lock | undefined => {
  const place = path.join(locksOf(store), key);
  const name = ownName();
  try {
    withTemporarySync(store.temporaries, (temporary) => {
      const folder = path.join(temporary, 'lock');
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, name), '');
      fs.mkdirSync(locksOf(store), { recursive: true });
      // Windows renames nothing onto a folder.
      removeEmpty(place);
      fs.renameSync(folder, place);
    });
    return lockAt(place, name);
  } catch {
    return undefined;
  }
};

/** Who has locked a key; undefined where nobody has. */
export const holderOf = (store: StoreFolders, key: string): Holder | undefined => {
  const place = path.join(locksOf(store), key);
  try {
    const [name] = fs.readdirSync(place);
    return name === undefined ? undefined : { name, beat: readTextBytes(path.join(place, name)).toString() };
  } catch {
    return undefined;
  }
};

/**
 * Puts this process in the place of a holder that is gone, so that there is no moment at which the key is free: of several that
 * try, one has it. `false` where another was first, undefined where nothing can be locked.
 */
export const takeOver = (store: StoreFolders, key: string, { name }: Holder): Lock | false | undefined => {
  const place = path.join(locksOf(store), key);
  const own = ownName();
  try {
    fs.renameSync(path.join(place, name), path.join(place, own));
    return lockAt(place, own);
  } catch (error) {
    return isMissing(error) ? false : undefined;
  }
};

/** Whether a holder is a process of this machine that has ended. */
export const isDead = ({ name }: Holder): boolean => isOfDeadProcess(name);

const lockAt = (place: string, name: string): Lock => {
  const file = path.join(place, name);
  const timer = setInterval(() => {
    if (!beat(file)) clearInterval(timer);
  }, BEAT);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      removeHolder(file);
    },
  };
};

/** Adds a byte to a file that is there: its time would depend on two clocks. Tells whether it was. */
const beat = (file: string): boolean => {
  try {
    const descriptor = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND);
    try {
      fs.writeSync(descriptor, '.');
    } finally {
      fs.closeSync(descriptor);
    }
    return true;
  } catch (error) {
    // On a full disk, the next may succeed.
    return !isMissing(error);
  }
};

/** A holder's own file alone: in its place may be who took over. */
const removeHolder = (file: string): void => {
  try {
    fs.unlinkSync(file);
  } catch {
    // Somebody took over, or the store is gone.
  }
  removeEmpty(path.dirname(file));
};

const removeEmpty = (folder: string): void => {
  try {
    fs.rmdirSync(folder);
  } catch {
    // It is not there, or not empty.
  }
};

/** Removes locks of runs that were killed, and that nobody has waited for: who waits takes over at once. */
export const removeAbandonedLocks = (store: StoreFolders): void => {
  const locks = locksOf(store);
  let keys: readonly string[] = [];
  try {
    keys = fs.readdirSync(locks);
  } catch {
    // There are none.
  }
  for (const key of keys) {
    const place = path.join(locks, key);
    if (isQuiet(place)) removeAbandoned(place);
    removeEmpty(place);
  }
};

/** Whether no file of a folder was written to for as long as a holder may be silent. */
const isQuiet = (place: string): boolean => {
  try {
    return fs
      .readdirSync(place)
      .every((name) => Math.abs(Date.now() - fs.statSync(path.join(place, name)).mtimeMs) > SILENCE);
  } catch {
    return false;
  }
};
