import { randomBytes, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isMissing } from '../files/file-kind';
import { RefusedKey } from '../errors/refused-key';
import { makeFolders } from '../files/temporary';

/** In bytes: the size of a SHA-256 digest, as RFC 2104 advises for HMAC-SHA256. */
const SIZE = 32;

const MODE = 0o600;

export const KEY_NAME = 'seal.key';

/** The file with the key of a store. It lies above the layouts, so that all versions share one key. */
export const keyFile = (root: string): string => path.join(root, KEY_NAME);

const octal = (mode: number): string => (mode & 0o777).toString(8);

/** Whether files have modes of their own. Some mounts (vboxsf, drvfs, CIFS) show one mode for every file. */
const hasModes = (root: string): boolean => {
  if (process.platform === 'win32') return false;
  const probe = path.join(root, `seal.probe.${randomUUID()}`);
  try {
    fs.closeSync(fs.openSync(probe, 'wx', MODE));
    return octal(fs.statSync(probe).mode) === octal(MODE);
  } catch {
    return true;
  } finally {
    fs.rmSync(probe, { force: true });
  }
};

const fault = (root: string, stats: fs.Stats): string | undefined => {
  if (!stats.isFile()) return 'is not a file';
  const user = process.geteuid?.();
  if (user !== undefined && stats.uid !== user) return `belongs to user ${stats.uid}, not to user ${user}`;
  if (stats.size !== SIZE) return `has ${stats.size} bytes, not ${SIZE}`;
  if (octal(stats.mode) !== octal(MODE) && hasModes(root)) return `has mode ${octal(stats.mode)}, not 600`;
  return undefined;
};

/** A link is not followed: somebody may know the content of the file that it leads to. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0);

/**
 * The key of a store; undefined without one.
 *
 * @throws RefusedKey if the key is not private to this user
 */
export const readKey = (root: string): Buffer | undefined => {
  const file = keyFile(root);
  let descriptor: number;
  try {
    // Opening a named pipe would wait for ever.
    const why = fault(root, fs.lstatSync(file));
    if (why !== undefined) throw new RefusedKey(file, why);
    descriptor = fs.openSync(file, READ);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    const why = fault(root, fs.fstatSync(descriptor));
    if (why !== undefined) throw new RefusedKey(file, why);
    const key = Buffer.alloc(SIZE);
    fs.readSync(descriptor, key, 0, SIZE, 0);
    return key;
  } finally {
    fs.closeSync(descriptor);
  }
};

/** Makes a key if there is none. If several processes do so at once, one wins, and all use its key. */
export const makeKey = (root: string): void => {
  makeFolders(root);
  const file = keyFile(root);
  const made = `${file}.${randomUUID()}`;
  try {
    const descriptor = fs.openSync(made, 'wx', MODE);
    try {
      // The umask may have removed more permissions.
      fs.fchmodSync(descriptor, MODE);
      fs.writeSync(descriptor, randomBytes(SIZE));
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    putKey(made, file);
  } finally {
    fs.rmSync(made, { force: true });
  }
};

/**
 * Puts a new key in its place. A hard link never replaces a file. On a disk without hard links, a race may replace a
 * key; then entries with the lost key are made again.
 */
const putKey = (made: string, file: string): void => {
  try {
    fs.linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    if (fs.lstatSync(file, { throwIfNoEntry: false }) === undefined) fs.renameSync(made, file);
  }
};
