import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import { manifestPath } from './bundle-manifest';
import { sbomPath } from './sbom-path';
import { isFolderStamped, isUntouched, look } from './stamp';

/**
 * Whether a plan's bundle is there, as it was finished. It appears whole or not at all, and every file and folder of it carries
 * the same time, which a write changes: a file that is linked from the store has other names, through which it may have been
 * written to. What lies beside a bundle is a part of it: one without a manifest is made anew. A bundle under a hash of the user's
 * choice is never taken for one: its name does not say what it holds. A bundle made under another
 * key does not count: other settings of a machine decided what it holds.
 *
 * @param key the store's key of the content
 */
export const isPresent = ({ output, entry, sources, hash }: BundlePlan, key = hash.content): boolean => {
  if (hash.asset !== hash.content) return false;
  const beside = [manifestPath(output.path), ...(output.sbom ? [sbomPath(output.path)] : [])];
  if (!beside.every((file) => isUntouched(look(file)))) return false;
  if (keyIn(manifestPath(output.path)) !== key) return false;
  if (output.packaging === 'zip') return isUntouched(look(output.path));
  const folder = path.join(output.path, output.prefix);
  // A folder of its name without its first file is what an interrupted clean-up has left.
  const file = entry.path ?? sources[0]?.path ?? fileIn(folder);
  return file !== undefined && isUntouched(look(path.join(folder, file))) && isFolderUntouched(output.path);
};

/** The key at the head of a manifest; undefined where there is none. */
const keyIn = (manifest: string): string | undefined => {
  try {
    const descriptor = fs.openSync(manifest, 'r');
    try {
      const head = Buffer.alloc(HEAD_SIZE);
      const size = fs.readSync(descriptor, head);
      return KEY.exec(head.toString('latin1', 0, size))?.[1];
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
};

const KEY = /^\{[^[]*"key":"([0-9a-f]{64})"/;
/** Bytes of a manifest in which its head lies: three digests with their names. */
const HEAD_SIZE = 512;

/** Some file of a folder, which may lie deeper: a layer may hold nothing but modules. */
const fileIn = (folder: string): string | undefined => {
  try {
    const [first] = fs.readdirSync(folder, { withFileTypes: true });
    if (first?.isDirectory() !== true) return first?.name;
    const deeper = fileIn(path.join(folder, first.name));
    return deeper === undefined ? undefined : path.join(first.name, deeper);
  } catch {
    return undefined;
  }
};

/** A folder that cannot be listed, or that another run replaces at this very moment, is made anew. */
const isFolderUntouched = (folder: string): boolean => {
  try {
    return (
      isFolderStamped(look(folder)) &&
      fs
        .readdirSync(folder, { withFileTypes: true })
        .every((entry) =>
          entry.isDirectory()
            ? isFolderUntouched(path.join(folder, entry.name))
            : isUntouched(look(path.join(folder, entry.name))),
        )
    );
  } catch {
    return false;
  }
};
