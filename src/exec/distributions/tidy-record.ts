import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText } from '../../plan/values/hash';
import { isThere } from '../files/file-kind';

/** The path in a line of RECORD (PEP 376), which is CSV. pip counts launchers from a folder that is not the tree. */
const pathOf = (line: string): string => {
  const [, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
};

const fromTree = (line: string): string => line.replace(/^("?)(?:\.\.\/)+/, '$1');

const linesOf = (record: string): readonly string[] =>
  record
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fromTree);

/** The paths in a RECORD, as seen from the tree; nothing is said of whether they stay in it. */
export const recordedPaths = (record: string): readonly string[] => linesOf(record).map(pathOf);

/** The paths in a RECORD with the hash that is written behind each; the empty text where none is. */
export const recordedHashes = (record: string): readonly (readonly [string, string])[] =>
  linesOf(record).map((line) => [pathOf(line), /,([^,"]*),[^,]*$/.exec(line)?.[1] ?? '']);

/** Leaves in a distribution's RECORD the files that the tree still has, in one order, as `importlib.metadata` reads it. */
export const tidyRecord = (tree: string, metadataFolder: string): void => {
  const record = path.join(metadataFolder, 'RECORD');
  if (!isThere(record)) return;
  const kept = linesOf(fs.readFileSync(record, 'utf8'))
    .filter((line) => isThere(path.join(tree, pathOf(line))))
    .sort(byText);
  // Never written in place: the file may be a link to one in the installer's cache.
  fs.rmSync(record);
  fs.writeFileSync(record, kept.map((line) => `${line}\n`).join(''));
};
