import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { cache } from './places';
import { npmPackages } from './tools';

type ZipDirectory = (directory: string, file: string) => Promise<void>;

/** The function that the CDK CLI packs a folder with; its package does not export it, so it is loaded by its path. */
const zipDirectory = (): ZipDirectory => {
  const file = path.join(npmPackages(), '@aws-cdk', 'cdk-assets-lib', 'lib', 'private', 'archive.js');
  return (createRequire(__filename)(file) as { readonly zipDirectory: ZipDirectory }).zipDirectory;
};

/** Packs a folder as the CDK CLI does, into a file that is removed after the work on it. */
export const withPacked = async <A>(folder: string, work: (file: string) => A): Promise<A> => {
  const temporary = mkdtempSync(path.join(cache, 'pack-'));
  try {
    const file = path.join(temporary, 'asset.zip');
    await zipDirectory()(folder, file);
    return work(file);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

/** Seconds until assets could be sent: a folder is packed first, a file is only read. */
export const secondsToPack = async (places: readonly string[]): Promise<number> => {
  // Loading it is the CLI's start, not its packing.
  zipDirectory();
  let seconds = 0;
  for (const place of places) {
    const start = performance.now();
    if (statSync(place).isDirectory())
      seconds += await withPacked(place, () => (performance.now() - start) / 1000);
    else {
      await readFile(place);
      seconds += (performance.now() - start) / 1000;
    }
  }
  return seconds;
};
