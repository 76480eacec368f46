import * as fs from 'node:fs';
import * as path from 'node:path';
import type { InstallPlan } from '../../plan/model/install-plan';
import { staysInside } from '../../plan/values/paths';
import type { ExecutionError } from '../errors/execution-error';
import type { PartFile } from '../store/part';
import { METADATA_FOLDER } from './recorded-files';
import { recordedHashes } from './tidy-record';

const HASH = /^sha256=([A-Za-z0-9_-]+)$/;

/** A RECORD's SHA-256 of a file, in hexadecimal; undefined for another kind of hash, or none. */
const digestIn = (hash: string): string | undefined => {
  const [, encoded] = HASH.exec(hash) ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url').toString('hex');
};

interface Recorded {
  /** One digest per distribution that lists the file; the tree has the file of one of them. */
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
 * Compares the installed modules with the RECORDs of their wheels. Installers check the hashes of downloads, but uv
 * takes unpacked files from its cache without a check. Only installs with declared hashes or a lock are compared:
 * without them, nothing says what the files should be. The user's commands may change files, so a whole build is not
 * compared.
 *
 * @param tree absolute path of the modules
 * @param files the files in it
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
