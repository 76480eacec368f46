import * as fs from 'node:fs';
import * as path from 'node:path';
import type { InstallPlan } from '../../plan/model/install-plan';
import { staysInside } from '../../plan/values/paths';
import type { ExecutionError } from '../errors/execution-error';
import type { PartFile } from '../store/part';
import { METADATA_FOLDER } from './recorded-files';
import { recordedHashes } from './tidy-record';

const HASH = /^sha256=([A-Za-z0-9_-]+)$/;

/** The SHA-256 that a RECORD has of a file, in hexadecimal; undefined where it has another kind, or none. */
const digestIn = (hash: string): string | undefined => {
  const [, encoded] = HASH.exec(hash) ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString('hex');
};

interface Recorded {
  /** Two distributions may list one file; what is there is that of one of them. */
  readonly digests: readonly string[];
  readonly distribution: string;
}

const recordedIn = (tree: string): ReadonlyMap<string, Recorded> => {
  const all = new Map<string, Recorded>();
  for (const folder of fs.readdirSync(tree).filter((name) => name.endsWith(METADATA_FOLDER))) {
    const record = path.join(tree, folder, 'RECORD');
    if (!fs.existsSync(record)) continue;
    for (const [listed, hash] of recordedHashes(fs.readFileSync(record, 'utf8'))) {
      const digest = digestIn(hash);
      const file = path.posix.normalize(listed);
      if (digest === undefined || !staysInside(file)) continue;
      const before = all.get(file);
      all.set(file, {
        digests: [...(before?.digests ?? []), digest],
        distribution: before?.distribution ?? folder.slice(0, -METADATA_FOLDER.length),
      });
    }
  }
  return all;
};

/**
 * Compares what was installed with what the wheels list of themselves. Installers check the hash of what they download, but
 * uv takes unpacked files from its cache without another look. Only where hashes are declared: else nobody has said what the
 * files are to be. Commands of the user may change files, so a whole build is not compared.
 *
 * @param tree absolute path of the modules
 * @param files what is in it
 */
export const changedFile = (
  { isHashed, isLocked, isWhole }: InstallPlan,
  tree: string,
  files: readonly PartFile[],
  tool: string,
): ExecutionError | undefined => {
  if (isWhole || !(isHashed || isLocked)) return undefined;
  const recorded = recordedIn(tree);
  for (const { path: file, digest } of files) {
    const found = recorded.get(file);
    if (found !== undefined && !found.digests.includes(digest)) {
      return { _tag: 'NotAsRecorded', path: file, distribution: found.distribution, tool };
    }
  }
  return undefined;
};
