import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Files of a dist-info folder that tell how and where it was installed; two machines would differ in them. */
const INSTALL_RECORDS = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json'];

/**
 * Makes a tree of modules the same wherever it was installed: without locks, byte code, launchers that name this
 * machine's Python, and records of the install itself. Metadata that `importlib.metadata` reads stays.
 */
export const tidyTree = async (tree: string): Promise<void> => {
  await fs.rm(path.join(tree, '.lock'), { force: true });
  await tidyScripts(path.join(tree, 'bin'));
  await tidyFolder(tree);
};

const tidyFolder = async (folder: string): Promise<void> => {
  const isMetadata = folder.endsWith('.dist-info');
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === '__pycache__') await fs.rm(file, { recursive: true });
      else await tidyFolder(file);
    } else if (isMetadata && INSTALL_RECORDS.includes(entry.name)) {
      await fs.rm(file);
    } else if (!entry.isSymbolicLink()) {
      const executable = ((await fs.stat(file)).mode & 0o100) !== 0;
      await fs.chmod(file, executable ? 0o755 : 0o644);
    }
  }
  await fs.chmod(folder, 0o755);
};

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
