import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SealedName } from '../store/sealed-file';
import { readSealed, SEAL_SIZE } from '../store/sealed-file';
import { look } from '../files/stamp';
import type { Checked } from './verify-part';

/** Reads every byte of the sealed files in a folder of bytecode; the folder's name is the start of their keys. */
export const checkSealedFiles = (folder: string, { root, key: start }: SealedName): Checked => {
  if (look(folder)?.isDirectory() !== true) return { faults: ['is not a folder'], files: 0, bytes: 0 };
  const names = fs.readdirSync(folder).sort();
  const isSealedFile = (name: string): boolean => {
    const { name: rest, ext } = path.parse(name);
    const kind = ext === '.json' ? 'fault' : 'pyc';
    return readSealed({ root, kind, key: `${start}${rest}` }, path.join(folder, name)) !== undefined;
  };
  const sizes = names.map((name) => (look(path.join(folder, name))?.size ?? SEAL_SIZE) - SEAL_SIZE);
  return {
    faults: names
      .filter((name) => !isSealedFile(name))
      .map((name) => `${name} was changed, or has no seal of this store`),
    files: names.length,
    bytes: sizes.reduce((sum, size) => sum + Math.max(0, size), 0),
  };
};
