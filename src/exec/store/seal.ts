import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFile, makeKey, readKey } from './seal-key';
import { look } from '../files/stamp';

interface KnownKey {
  readonly key: Buffer;
  /** Tells whether the file is still the one that the key was read from. */
  readonly state: string;
}

const known = new Map<string, KnownKey>();

const stateOf = (root: string): string => {
  const stats = look(keyFile(root));
  return stats === undefined ? '' : `${stats.ino} ${stats.ctimeMs} ${stats.size} ${stats.mode} ${stats.uid}`;
};

const keyOf = (root: string): Buffer | undefined => {
  const state = stateOf(root);
  const before = known.get(root);
  if (before?.state === state && state !== '') return before.key;
  const key = readKey(root);
  if (key !== undefined) known.set(root, { key, state });
  return key;
};

const digestOf = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * Sees to it that a store has a key that can be used. Work in a store begins with it: an install whose result cannot be kept
 * is not started, and a folder with a key is known as a store.
 *
 * @throws RefusedKey where the key is not this user's alone; an error of the disk where it cannot be made
 */
export const ensureKey = (root: string): void => {
  if (keyOf(root) === undefined) makeKey(root);
};

/**
 * The seal of a text: HMAC-SHA256 with the key of the store, in hexadecimal. Only who can read the key can make it. Makes the
 * key where there is none.
 *
 * @param root absolute path of the store's folder (`storeFolder`), which holds the key
 * @throws RefusedKey where the key is not this user's alone; an error of the disk where it cannot be made
 */
export const seal = (root: string, text: string): string => {
  ensureKey(root);
  const key = keyOf(root);
  if (key === undefined) throw new Error(`the key of the store, ${keyFile(root)}, was removed`);
  return digestOf(key, text).toString('hex');
};

/**
 * Whether a seal is that of a text. False where there is no key, or one that must not be used: a run then makes again what it
 * cannot trust, and hears of the key when it seals.
 *
 * @param root absolute path of the store's folder (`storeFolder`), which holds the key
 */
export const isSealed = (root: string, text: string, seal: string): boolean => {
  try {
    const key = keyOf(root);
    const claimed = Buffer.from(seal, 'hex');
    if (key === undefined || !/^[0-9a-f]{64}$/.test(seal)) return false;
    return timingSafeEqual(digestOf(key, text), claimed);
  } catch {
    return false;
  }
};

/**
 * Sees to it that the key of a store can be used, if there is one. Where it is refused, no entry counts, but none is broken
 * either: nothing may be removed for that.
 *
 * @throws RefusedKey where the key is not this user's alone
 */
export const requireKey = (root: string): void => {
  keyOf(root);
};
