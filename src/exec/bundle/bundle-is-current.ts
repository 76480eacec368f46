import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { manifestPath } from './bundle-manifest';
import { readManifestHead } from './manifest-head';
import { sbomPath } from './sbom-path';
import { isFolderStamped, isUntouched, look } from '../files/stamp';

/**
 * Whether a plan's bundle is there, complete and unchanged. The sizes must be those in its manifest. Every file and
 * folder must have the time that finished files get, because a write changes it: a file linked from the store has other
 * names, through which it may have been changed. A bundle without its manifest, or without the requested bill of
 * materials, is made again. So is one under a hash of the user's choice, because its name does not identify its
 * content.
 *
 * @param key the key of the content in the store
 */
export const isPresent = ({ output, hash }: BundlePlan, key: string = hash.content): boolean => {
  if (hash.asset !== hash.content) return false;
  // This comes before anything is opened: a failed open costs more than everything else.
  const bundle = look(output.path);
  if (bundle === undefined) return false;
  const head = readManifestHead(manifestPath(output.path));
  if (head === undefined || head.asset !== hash.asset || head.key !== key) return false;
  if (output.sbom && (head.sbom === null || !isUntouched(look(sbomPath(output.path)), head.sbom)))
    return false;
  if (output.packaging === 'zip') return head.zip !== null && isUntouched(bundle, head.zip);
  if (head.zip !== null) return false;
  const found = filesIn(output.path);
  return found?.count === head.count && found.size === head.size;
};

/** The number of files in a folder, and their bytes. */
interface Found {
  readonly count: number;
  readonly size: number;
}

/** Undefined if a file was changed, or if another run is just replacing the folder. */
const filesIn = (folder: string): Found | undefined => {
  try {
    if (!isFolderStamped(look(folder))) return undefined;
    let [count, size] = [0, 0];
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      const found = entry.isDirectory() ? filesIn(place) : fileAt(place);
      if (found === undefined) return undefined;
      count += found.count;
      size += found.size;
    }
    return { count, size };
  } catch {
    return undefined;
  }
};

const fileAt = (file: string): Found | undefined => {
  const stats = look(file);
  return stats !== undefined && isUntouched(stats) ? { count: 1, size: stats.size } : undefined;
};
