import * as fs from 'node:fs/promises';
import { constants } from 'node:fs';
import * as path from 'node:path';
import { allOf } from './in-parallel';

/**
 * Copies a folder with its modes, sharing the bytes where the file system can (a reflink, never a hard link: a write to
 * the copy must not reach the original). `fs.cp` does the same five times slower, and makes relative links absolute.
 */
export const copyTree = async (from: string, to: string): Promise<void> => {
  await fs.mkdir(to, { recursive: true });
  const entries = await fs.readdir(from, { withFileTypes: true });
  await allOf(
    entries.map(async (entry) => {
      const source = path.join(from, entry.name);
      const target = path.join(to, entry.name);
      if (entry.isDirectory()) await copyTree(source, target);
      else if (entry.isSymbolicLink()) await fs.symlink(await fs.readlink(source), target);
      else await fs.copyFile(source, target, constants.COPYFILE_FICLONE);
    }),
  );
};
