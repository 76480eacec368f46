import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { byText } from '../plan/hash';

/** The path in a line of RECORD (PEP 376), which is CSV. pip counts launchers from a folder that is not the tree. */
const pathOf = (line: string): string => {
  const [, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
};

const fromTree = (line: string): string => line.replace(/^("?)(?:\.\.\/)+/, '$1');

/** Leaves in a distribution's RECORD the files that the tree still has, in one order, as `importlib.metadata` reads it. */
export const tidyRecord = async (tree: string, metadataFolder: string): Promise<void> => {
  const record = path.join(metadataFolder, 'RECORD');
  const text = await fs.readFile(record, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fromTree);
  const there = await Promise.all(
    lines.map((line) =>
      fs.lstat(path.join(tree, pathOf(line))).then(
        () => true,
        () => false,
      ),
    ),
  );
  const kept = lines.filter((_, index) => there[index]).sort(byText);
  // Never written in place: the file may be a link to one in the installer's cache.
  await fs.rm(record);
  await fs.writeFile(record, kept.map((line) => `${line}\n`).join(''));
};
