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

/** The file that holds the key of a store: above the layouts, so that all versions share one. */
export const keyFile = (root: string): string => path.join(root, KEY_NAME);

const octal = (mode: number): string => (mode & 0o777).toString(8);

/** Some mounts (vboxsf, drvfs, CIFS) show one mode for every file. There the mode of the key says nothing. */
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

/** A link is not followed: it may lead to a file whose content somebody knows. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0);

/**
 * The key of a store; undefined where there is none.
 *
 * @throws RefusedKey where the key is not this user's alone
 */
export const readKey = (root: string): Buffer | undefined => {
  const file = keyFile(root);
  let descriptor: number;
  try {
    // A named pipe would have whoever opens it wait for ever.
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

/** Makes a key where there is none. Of several processes that do so at once, one wins, and all use its key. */
export const makeKey = (root: string): void => {
  makeFolders(root);
  const file = keyFile(root);
  const made = `${file}.${randomUUID()}`;
  try {
    const descriptor = fs.openSync(made, 'wx', MODE);
    try {
      // The umask may have taken more than that away.
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

/** A link never replaces a file. Where the disk has no links, a race may replace a key: what the loser sealed is made again. */
const putKey = (made: string, file: string): void => {
  try {
    fs.linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    if (fs.lstatSync(file, { throwIfNoEntry: false }) === undefined) fs.renameSync(made, file);
  }
};
