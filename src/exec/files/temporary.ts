import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { isMissing } from './file-kind';

/**
 * A temporary folder's name has the process and the machine that made it, so that a later run knows its owner. A
 * container is a machine of its own: it has its own process ids, and may share the folder with others.
 */
const NAME = /^(\d+)-([0-9a-f]{8})-/;

/** A temporary folder of this age in milliseconds is abandoned, whoever made it: no install takes a day. */
const OLD = 24 * 60 * 60 * 1000;

/** Containers with the same host name have process ids of their own. */
const thisMachine = (): string => (machine ??= sha256(`${os.hostname()} ${processNamespace()}`).slice(0, 8));

/** Computed once: each bundle has a temporary folder of its own. */
let machine: string | undefined;

const processNamespace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux.
    return '';
  }
};

/** Whether a process has ended, but its parent has not yet waited for it; in a container, it may never do so. */
const isZombie = (pid: number): boolean => {
  try {
    return /^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // Not Linux.
    return false;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** A name that begins with this process and this machine. */
export const newName = (token: string): string => `${ownPrefix()}${token}`;

/** Whether a name belongs to a process of this machine that has ended. */
export const isOfDeadProcess = (name: string): boolean => {
  const [, pid, machine] = NAME.exec(name) ?? [];
  return pid !== undefined && machine === thisMachine() && !isAlive(Number(pid));
};

const isAbandoned = (folder: string, name: string): boolean => {
  if (!NAME.test(name)) return false;
  if (isOfDeadProcess(name)) return true;
  try {
    // A clock that was set back must not keep it for longer.
    return Math.abs(Date.now() - lstatSync(path.join(folder, name)).mtimeMs) > OLD;
  } catch {
    return false;
  }
};

/** Removes a folder. A later run removes the rest: a container's files may belong to another user. */
const removeNow = (folder: string): void => {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A later run removes it.
  }
};

/** Removes the leftovers of killed runs from a folder of temporary folders. */
export const removeAbandoned = (folder: string): void => {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // The folder does not exist.
  }
  for (const name of names) if (isAbandoned(folder, name)) removeNow(path.join(folder, name));
};

const remove = (folder: string): Promise<void> =>
  fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);

const ownPrefix = (): string => `${process.pid}-${thisMachine()}-`;

/** Makes a folder and its parents. On a read-only disk, the recursive `mkdir` of Node.js gives a misleading ENOENT. */
export const makeFolders = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const parent = path.dirname(folder);
    if (!existsSync(parent)) makeFolders(parent);
    makeOne(folder);
  }
};

const makeOne = (folder: string): void => {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};

/** Makes a new folder inside another, which a run that has just finished may remove in the meantime. */
const makeTemporary = async (folder: string, attempts = 10): Promise<string> => {
  try {
    makeFolders(folder);
    return await fs.mkdtemp(path.join(folder, ownPrefix()));
  } catch (error) {
    if (attempts === 0 || !isMissing(error)) throw error;
    return makeTemporary(folder, attempts - 1);
  }
};

/** Gives work a new folder inside another, and removes it afterwards, even if the work fails. */
export const withTemporary = async <A>(
  folder: string,
  work: (temporary: string) => Promise<A>,
): Promise<A> => {
  const temporary = await makeTemporary(folder);
  try {
    return await work(temporary);
  } finally {
    await remove(temporary);
  }
};

const makeTemporarySync = (folder: string, attempts = 10): string => {
  try {
    makeFolders(folder);
    return mkdtempSync(path.join(folder, ownPrefix()));
  } catch (error) {
    if (attempts === 0 || !isMissing(error)) throw error;
    return makeTemporarySync(folder, attempts - 1);
  }
};

/** Like {@link withTemporary}, for synchronous work. */
export const withTemporarySync = <A>(folder: string, work: (temporary: string) => A): A => {
  const temporary = makeTemporarySync(folder);
  try {
    return work(temporary);
  } finally {
    removeNow(temporary);
  }
};
