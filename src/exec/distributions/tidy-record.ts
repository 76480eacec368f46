import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText } from '../../plan/values/hash';
import { isThere } from '../files/file-kind';

/** The path in a line of RECORD (PEP 376), which is CSV. */
const pathOf = (line: string): string => {
  const [, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
  return quoted?.replaceAll('""', '"') ?? plain;
};

/** pip writes the paths of launchers relative to another folder than the tree: `../../bin/run`. */
const fromTree = (line: string): string => line.replace(/^("?)(?:\.\.\/)+/, '$1');

const linesOf = (record: string): readonly string[] =>
  record
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fromTree);

/** The paths in a RECORD, relative to the tree; they may lead out of it. */
export const recordedPaths = (record: string): readonly string[] => linesOf(record).map(pathOf);

/** The paths in a RECORD, each with its hash, or an empty text without one. */
export const recordedHashes = (record: string): readonly (readonly [string, string])[] =>
  linesOf(record).map((line) => [pathOf(line), /,([^,"]*),[^,]*$/.exec(line)?.[1] ?? '']);

/** A SHA-256 digest, in hexadecimal, as RECORD has it. */
export const recordedDigest = (digest: string): string =>
  `sha256=${Buffer.from(digest, 'hex').toString('base64url')}`;

/** Replaces a file. It is never written in place, because it may be a hard link to the installer's cache. */
export const replaceFile = (file: string, text: string): void => {
  fs.rmSync(file);
  fs.writeFileSync(file, text);
};

/**
 * Removes missing files from a distribution's RECORD, which `importlib.metadata` reads, and sorts it.
 *
 * @param changed new lines, for files that were changed after the install
 */
export const tidyRecord = (tree: string, metadataFolder: string, changed: readonly string[] = []): void => {
  const record = path.join(metadataFolder, 'RECORD');
  if (!isThere(record)) return;
  const kept = linesOf(fs.readFileSync(record, 'utf8'))
    .filter((line) => isThere(path.join(tree, pathOf(line))))
    .map((line) => changed.find((other) => pathOf(other) === pathOf(line)) ?? line)
    .sort(byText);
  replaceFile(record, kept.map((line) => `${line}\n`).join(''));
};
