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
 * The machine and the process that made a temporary folder are part of its name, so that a later run knows whom it
 * belonged to. A container is a machine of its own: it has its own process ids, and may share the folder with others.
 */
const NAME = /^(\d+)-([0-9a-f]{8})-/;

/** From this age on a temporary is abandoned whoever made it, in milliseconds: no install takes a day. */
const OLD = 24 * 60 * 60 * 1000;

/** Containers of one host name count their processes apart. */
const thisMachine = (): string => (machine ??= sha256(`${os.hostname()} ${processNamespace()}`).slice(0, 8));

/** Asked once: each bundle has a temporary of its own. */
let machine: string | undefined;

const processNamespace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux.
    return '';
  }
};

/** Whether a process has ended, and only its parent has not asked how: in a container, that may be nobody. */
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

/** A name that begins with the process and the machine that something belongs to. */
export const newName = (token: string): string => `${ownPrefix()}${token}`;

/** Whether a name is one of a process of this machine that has ended. */
export const isOfDeadProcess = (name: string): boolean => {
  const [, pid, machine] = NAME.exec(name) ?? [];
  return pid !== undefined && machine === thisMachine() && !isAlive(Number(pid));
};

const isAbandoned = (folder: string, name: string): boolean => {
  if (!NAME.test(name)) return false;
  if (isOfDeadProcess(name)) return true;
  try {
    // A clock that was put back must not keep it for longer.
    return Math.abs(Date.now() - lstatSync(path.join(folder, name)).mtimeMs) > OLD;
  } catch {
    return false;
  }
};

/** What cannot be removed now (a container's files may belong to another user) is left to a later run. */
const removeNow = (folder: string): void => {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // A later run removes it.
  }
};

/** Removes what runs that were killed have left in a folder of temporaries. */
export const removeAbandoned = (folder: string): void => {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // There is none.
  }
  for (const name of names) if (isAbandoned(folder, name)) removeNow(path.join(folder, name));
};

const remove = (folder: string): Promise<void> =>
  fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);

const ownPrefix = (): string => `${process.pid}-${thisMachine()}-`;

/** Makes a folder and those above it. Of a read-only disk, Node says that nothing is there where it makes several at once. */
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

/** Makes a new folder inside another, which a run that has just finished may remove at this very moment. */
const makeTemporary = async (folder: string, attempts = 10): Promise<string> => {
  try {
    makeFolders(folder);
    return await fs.mkdtemp(path.join(folder, ownPrefix()));
  } catch (error) {
    if (attempts === 0 || !isMissing(error)) throw error;
    return makeTemporary(folder, attempts - 1);
  }
};

/** Gives work a new folder inside another, and removes it afterwards, whatever came of the work. */
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

/** The same for work that waits for nothing. */
export const withTemporarySync = <A>(folder: string, work: (temporary: string) => A): A => {
  const temporary = makeTemporarySync(folder);
  try {
    return work(temporary);
  } finally {
    removeNow(temporary);
  }
};
