import * as path from 'node:path';
import type { CacheEntry, EntryKind, StoreFolders } from '../store/cache-entries';
import { listEntries } from '../store/cache-entries';
import { isThere, reasonOf } from '../files/file-kind';
import type { SealedName } from '../store/sealed-file';
import { requireKey } from '../store/seal';
import { discard, sealedName } from '../store/store';
import type { Checked } from './verify-part';
import { checkFinishedZip, checkPart } from './verify-part';
import * as fs from 'node:fs';
import { SEAL_SIZE, readSealed } from '../store/sealed-file';
import { look } from '../files/stamp';

/** An entry that has changed since it was stored. */
interface BrokenEntry {
  readonly entry: CacheEntry;
  /** In words, each with the path of a file in the entry. */
  readonly faults: readonly string[];
  /** The reason why it could not be removed; undefined if it was removed. */
  readonly stays?: string;
}

/** The result for a store. */
interface Verified {
  readonly entries: number;
  /** In trees and in zips. */
  readonly files: number;
  /** The uncompressed size of these files. */
  readonly bytes: number;
  readonly broken: readonly BrokenEntry[];
}

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

/** Other kinds cannot be checked: the installers' own entries, and digests, which are compared with files anyway. */
const CHECKS: Readonly<
  Partial<Record<EntryKind, (entry: string, name: SealedName) => Checked | Promise<Checked>>>
> = {
  modules: checkPart,
  bytecode: checkPart,
  bundles: checkFinishedZip,
  pyc: checkSealedFiles,
};

/**
 * Reads every byte of a store's parts and finished zips, checks its single files, and removes broken entries: the next
 * run makes them again.
 */
export const verify = async (store: StoreFolders): Promise<Verified> => {
  requireKey(path.dirname(store.folder));
  const broken: BrokenEntry[] = [];
  let [entries, files, bytes] = [0, 0, 0];
  for (const entry of listEntries(store)) {
    const checked = await CHECKS[entry.kind]?.(entry.path, sealedName(store.folder, entry.kind, entry.key));
    // Another run may have removed it meanwhile.
    if (checked === undefined || !isThere(entry.path)) continue;
    entries += 1;
    files += checked.files;
    bytes += checked.bytes;
    if (checked.faults.length > 0) broken.push(takeAway(store, entry, checked.faults));
    // Between two entries, lines of progress are written and signals are handled.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { entries, files, bytes, broken };
};

const takeAway = (store: StoreFolders, entry: CacheEntry, faults: readonly string[]): BrokenEntry => {
  try {
    discard(entry.path, store.temporaries);
    return { entry, faults };
  } catch (error) {
    return { entry, faults, stays: reasonOf(error) };
  }
};
