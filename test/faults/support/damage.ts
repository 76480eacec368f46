import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import { isMissing } from '../../../src/exec/files/file-kind';

/** What can become of a file. */
export const DAMAGES: Readonly<Record<string, (file: string) => void>> = {
  truncated: (file) => truncate(file),
  'with another bit': (file) => flip(file),
  removed: (file) => rmSync(file),
};

const truncate = (file: string): void => truncateSync(file, Math.floor(statSync(file).size / 2));

/** Changes a bit in the middle of a file. */
export const flip = (file: string): void => {
  const content = readFileSync(file);
  if (content.length === 0) return;
  const at = Math.floor(content.length / 2);
  content.writeUInt8((content[at] ?? 0) ^ 1, at);
  writeFileSync(file, content);
};

/** The same without a trace: what a disk does, and no program. */
export const flipSilently = (file: string): void => {
  const { atime, mtime } = statSync(file);
  flip(file);
  utimesSync(file, atime, mtime);
};

/** The files of finished entries in a folder of the store. */
export const filesOf = (store: string, ...below: readonly string[]): readonly string[] => {
  const folder = path.join(store, 'v4', ...below);
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.startsWith(path.join(store, 'v4', 'tmp/')));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** Does the same to many files, some of which may be gone by then. */
export const toAll = (files: readonly string[], damage: (file: string) => void): void => {
  for (const file of files) {
    try {
      damage(file);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
};

/** A run that goes on may put something into a folder between its emptying and its end: then it is emptied again. */
const removeWhole = (store: string): void => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      rmSync(store, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
    }
  }
};

/** What becomes of a whole store while a run is under way. */
export const DISASTERS: Readonly<Record<string, (store: string) => void>> = {
  removed: removeWhole,
  truncated: (store) => toAll(filesOf(store), truncate),
  'changed in a bit of each file': (store) => toAll(filesOf(store), flip),
};

/** The files of a store that are damaged between runs, by what they are. */
export const FILES: Readonly<Record<string, (store: string) => readonly string[]>> = {
  'zips of modules': (store) => filesOf(store, 'modules').filter((file) => file.endsWith('part.zip')),
  'modules as files': (store) => filesOf(store, 'modules').filter((file) => file.includes('/tree/')),
  'lists of modules': (store) => filesOf(store, 'modules').filter((file) => file.endsWith('part.json')),
  'byte code of modules': (store) => filesOf(store, 'bytecode'),
  'byte code of the function': (store) => filesOf(store, 'pyc'),
  'finished zips': (store) => filesOf(store, 'bundles'),
  'digests of large files': (store) => filesOf(store, 'digests'),
  'where Python is': (store) => filesOf(store, 'interpreters'),
};
