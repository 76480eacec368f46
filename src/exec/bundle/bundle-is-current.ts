import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { manifestPath } from './bundle-manifest';
import { readManifestHead } from './manifest-head';
import { sbomPath } from './sbom-path';
import { isFolderStamped, isUntouched, look } from '../files/stamp';

/**
 * Whether a plan's bundle is there, whole and as it was finished. Its sizes are those in its manifest, and every file and folder
 * of it has the time of what is finished, which a write changes: a file that is linked from the store has other names, through
 * which it may have been written to. A bundle without its manifest, or without the bill of materials that the plan asks for, is
 * made again. So is one under a hash of the user's choice: its name does not say what it holds.
 *
 * @param key the key of the content in the store
 */
export const isPresent = ({ output, hash }: BundlePlan, key: string = hash.content): boolean => {
  if (hash.asset !== hash.content) return false;
  // Before anything is opened: to fail at that costs more than all the rest.
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

/** How many files are in a folder, and their bytes. */
interface Found {
  readonly count: number;
  readonly size: number;
}

/** Undefined where something was written to, and where another run replaces the folder at this very moment. */
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
