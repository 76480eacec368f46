import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFile, makeKey, readKey } from './seal-key';
import { look } from '../files/stamp';

interface KnownKey {
  readonly key: Buffer;
  /** The state of the key's file when it was read; a change means that it must be read again. */
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
 * Ensures that a store has a usable key. Work in a store begins with it, so that no install starts whose result cannot
 * be kept. The key also marks the folder as a store.
 *
 * @throws RefusedKey if the key is not private to this user; an error of the disk if it cannot be made
 */
export const ensureKey = (root: string): void => {
  if (keyOf(root) === undefined) makeKey(root);
};

/**
 * The seal of a text: HMAC-SHA256 with the key of the store, in hexadecimal. Only a reader of the key can make it.
 * Makes the key if there is none.
 *
 * @param root absolute path of the store's folder (`storeFolder`), which holds the key
 * @throws RefusedKey if the key is not private to this user; an error of the disk if it cannot be made
 */
export const seal = (root: string, text: string): string => {
  ensureKey(root);
  const key = keyOf(root);
  if (key === undefined) throw new Error(`the key of the store, ${keyFile(root)}, was removed`);
  return digestOf(key, text).toString('hex');
};

/**
 * Whether a seal belongs to a text. False without a key, or with one that must not be used: a run then remakes the
 * entries, and fails with the key's error when it seals them.
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
 * Ensures that the key of a store, if any, is usable. With a refused key, no entry counts, but none is broken either,
 * so nothing may be removed.
 *
 * @throws RefusedKey if the key is not private to this user
 */
export const requireKey = (root: string): void => {
  keyOf(root);
};
