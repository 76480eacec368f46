import type { Dirent } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { allOf } from './in-parallel';
import { tidyRecord } from './tidy-record';

const METADATA = '.dist-info';

/** Files of a dist-info folder that tell how and where it was installed; two machines would differ in them. */
const INSTALL_RECORDS = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json'];

/**
 * Makes a tree of modules the same wherever it was installed: without locks, byte code, launchers that name this
 * machine's Python, and records of the install itself. Metadata that `importlib.metadata` reads stays. No file is written in
 * place, nor its mode changed: it may be a link to one in the installer's cache.
 */
export const tidyTree = async (tree: string): Promise<void> => {
  await fs.rm(path.join(tree, '.lock'), { force: true });
  await tidyScripts(path.join(tree, 'bin'));
  await tidyFolder(tree);
  for (const name of await fs.readdir(tree)) {
    if (name.endsWith(METADATA)) await tidyRecord(tree, path.join(tree, name));
  }
};

const tidyFolder = async (folder: string): Promise<void> => {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  await allOf(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (isLeftOver(folder, entry)) await fs.rm(file, { recursive: true });
      else if (entry.isDirectory()) await tidyFolder(file);
    }),
  );
  await fs.chmod(folder, 0o755);
};

const isLeftOver = (folder: string, entry: Dirent): boolean =>
  entry.isDirectory()
    ? entry.name === '__pycache__'
    : folder.endsWith(METADATA) && INSTALL_RECORDS.includes(entry.name);

/** Console scripts start with the path of the Python that installed them, which Lambda does not have. */
const tidyScripts = async (folder: string): Promise<void> => {
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names) {
    const file = path.join(folder, name);
    const bytes = await fs.readFile(file).catch(() => Buffer.alloc(0));
    if (bytes.subarray(0, 2).toString() === '#!') await fs.rm(file);
  }
  if (names.length > 0 && (await fs.readdir(folder)).length === 0) await fs.rmdir(folder);
};
