import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** The process that made a temporary folder is part of its name, so that a later run knows whom it belonged to. */
const NAME = /^(\d+)-/;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Removes what runs that were killed have left in a folder of temporaries. */
export const removeAbandoned = async (folder: string): Promise<void> => {
  const names = await fs.readdir(folder).catch(() => []);
  const abandoned = names.filter((name) => {
    const pid = NAME.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(
    abandoned.map((name) => fs.rm(path.join(folder, name), { recursive: true, force: true })),
  );
};

/** Gives work a new folder inside another, and removes it afterwards, whatever came of the work. */
export const withTemporary = async <A>(
  folder: string,
  work: (temporary: string) => Promise<A>,
): Promise<A> => {
  await fs.mkdir(folder, { recursive: true });
  const temporary = await fs.mkdtemp(path.join(folder, `${process.pid}-`));
  try {
    return await work(temporary);
  } finally {
    await fs.rm(temporary, { recursive: true, force: true });
  }
};
