import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { sha256 } from '../plan/hash';
import { isMissing } from './file-kind';

/**
 * The machine and the process that made a temporary folder are part of its name, so that a later run knows whom it
 * belonged to. A container is a machine of its own: it has its own process ids, and may share the folder with others.
 */
const NAME = /^(\d+)-([0-9a-f]{8})-/;

/** From this age on a temporary is abandoned whoever made it, in milliseconds: no install takes a day. */
const OLD = 24 * 60 * 60 * 1000;

const thisMachine = (): string => sha256(os.hostname()).slice(0, 8);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isAbandoned = async (folder: string, name: string): Promise<boolean> => {
  const [, pid, machine] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  if (machine === thisMachine() && !isAlive(Number(pid))) return true;
  const stats = await fs.lstat(path.join(folder, name)).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > OLD;
};

/** What cannot be removed now (a container's files may belong to another user) is left to a later run. */
const remove = (folder: string): Promise<void> =>
  fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);

/** Removes what runs that were killed have left in a folder of temporaries. */
export const removeAbandoned = async (folder: string): Promise<void> => {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) if (await isAbandoned(folder, name)) await remove(path.join(folder, name));
};

const ownPrefix = (): string => `${process.pid}-${thisMachine()}-`;

/** Makes a new folder inside another, which a run that has just finished may remove at this very moment. */
const makeTemporary = async (folder: string, attempts = 10): Promise<string> => {
  try {
    await fs.mkdir(folder, { recursive: true });
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
    mkdirSync(folder, { recursive: true });
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
    try {
      rmSync(temporary, { recursive: true, force: true });
    } catch {
      // A later run removes it.
    }
  }
};
