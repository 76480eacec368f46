import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { StoreFolders } from './cache-entries';
import { isMissing } from '../files/file-kind';
import { isOfDeadProcess, newName, removeAbandoned, withTemporarySync } from '../files/temporary';
import { readTextBytes } from '../files/read-text';

/**
 * The holder of a lock: a file in the store, with the process and the machine in its name. A lock only keeps others
 * from doing the same work. Entries appear in the store by rename, with or without a lock.
 */
export interface Holder {
  /** The name of its file. */
  readonly name: string;
  /** The content of its file, which keeps changing while the holder works. */
  readonly beat: string;
}

/** A lock that this process holds. */
export interface Lock {
  /** Frees the key for others. */
  readonly release: () => void;
}

/** How often a holder shows a sign of life, in milliseconds. */
const BEAT = 5000;

/** A holder without a sign of life for this time, in milliseconds, counts as gone. */
export const SILENCE = 60_000;

const locksOf = ({ folder }: StoreFolders): string => path.join(folder, 'locks');

/** The name of this process's holder file. A host's name may have characters that a file's name may not. */
const ownName = (): string => newName(os.hostname().replace(/[^\w.-]/g, '_'));

/** The holder in words. */
export const showHolder = ({ name }: Pick<Holder, 'name'>): string => {
  const [, pid, host] = /^(\d+)-[0-9a-f]{8}-(.*)$/s.exec(name) ?? [];
  return `process ${pid ?? '?'} on ${host ?? '?'}`;
};

/**
 * Locks a key; undefined if another process holds it, or nothing can be locked. One rename puts the folder with the
 * holder's file in place. The rename replaces an empty folder, and fails if the folder has a file.
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
      // Windows cannot rename onto a folder.
      removeEmpty(place);
      fs.renameSync(folder, place);
    });
    return lockAt(place, name);
  } catch {
    return undefined;
  }
};

/** The holder of a key's lock; undefined if it is free. */
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
 * Takes over the lock of a holder that is gone. The key is never free in between, so only one of several processes gets
 * it. `false` if another was first, undefined if nothing can be locked.
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

/** Adds a byte to a holder's file, because its time would depend on two clocks. Returns whether the file is there. */
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
    // On a full disk, the next beat may succeed.
    return !isMissing(error);
  }
};

/** Removes only the holder's own file: another process may have taken over. */
const removeHolder = (file: string): void => {
  try {
    fs.unlinkSync(file);
  } catch {
    // Another process took over, or the store is gone.
  }
  removeEmpty(path.dirname(file));
};

const removeEmpty = (folder: string): void => {
  try {
    fs.rmdirSync(folder);
  } catch {
    // It does not exist, or is not empty.
  }
};

/** Removes the locks of killed runs that no process waits for; a waiting process would take over at once. */
export const removeAbandonedLocks = (store: StoreFolders): void => {
  const locks = locksOf(store);
  let keys: readonly string[] = [];
  try {
    keys = fs.readdirSync(locks);
  } catch {
    // There are no locks.
  }
  for (const key of keys) {
    const place = path.join(locks, key);
    if (isQuiet(place)) removeAbandoned(place);
    removeEmpty(place);
  }
};

/** Whether no file of a folder was written to for longer than a holder may be silent. */
const isQuiet = (place: string): boolean => {
  try {
    return fs
      .readdirSync(place)
      .every((name) => Math.abs(Date.now() - fs.statSync(path.join(place, name)).mtimeMs) > SILENCE);
  } catch {
    return false;
  }
};
