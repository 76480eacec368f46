import * as fs from 'node:fs';
import * as path from 'node:path';
import { isPythonLauncher } from './python-launcher';
import type { InstalledDistribution } from './recorded-files';
import { removeFiles } from '../files/remove-files';
import { tidyMetadata } from './tidy-metadata';
import { tidyRecord } from './tidy-record';
import { headersIn, wheelHeaders } from './wheel-headers';

const METADATA = '.dist-info';

/** Files of a dist-info folder about how and where it was installed; they differ between machines. */
const INSTALL_RECORDS = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json'];

/**
 * Makes a tree of modules the same on every machine: removes locks, bytecode, headers, launchers that name this
 * machine's Python, and records of the install itself. Metadata that `importlib.metadata` reads stays. No file is
 * written in place and no mode changes, because a file may be a hard link to the installer's cache.
 */
export const tidyTree = (tree: string): void => {
  fs.rmSync(path.join(tree, '.lock'), { force: true });
  tidyScripts(path.join(tree, 'bin'));
  removeFiles(tree, headersIn(tree));
  tidyFolder(tree);
  for (const name of fs.readdirSync(tree)) {
    if (name.endsWith(METADATA)) tidyDistribution(tree, path.join(tree, name));
  }
};

const tidyDistribution = (tree: string, metadataFolder: string): void => {
  tidyRecord(tree, metadataFolder, tidyMetadata(tree, metadataFolder));
};

/**
 * Like {@link tidyTree}, for a folder with the user's own files beside the modules. These may have any name, so only
 * files that distributions list are touched.
 *
 * @param taken paths of both a distribution's file and a user's file
 */
export const tidyWhole = (
  tree: string,
  distributions: readonly InstalledDistribution[],
  taken: readonly string[],
): void => {
  openFolders(tree);
  const launchers = distributions
    .flatMap(({ files }) => files)
    .filter((file) => isByteCode(file) || (file.startsWith('bin/') && isLauncher(path.join(tree, file))));
  const installRecords = distributions.flatMap(({ folder }) =>
    INSTALL_RECORDS.map((name) => `${folder}/${name}`),
  );
  removeFiles(
    tree,
    [...launchers, ...distributions.flatMap(wheelHeaders), ...installRecords].filter(
      (file) => !taken.includes(file),
    ),
  );
  distributions.forEach(({ folder }) => tidyDistribution(tree, path.join(tree, folder)));
};

const isByteCode = (file: string): boolean => /(^|\/)__pycache__\/[^/]+\.pyc$/.test(file);

const isLauncher = (file: string): boolean =>
  fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true && isPythonLauncher(file);

/** Makes folders removable: commands may have left read-only ones. */
const openFolders = (folder: string): void => {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(path.join(folder, entry.name));
  }
};

const tidyFolder = (folder: string): void => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (isLeftOver(folder, entry)) fs.rmSync(file, { recursive: true });
    else if (entry.isDirectory()) tidyFolder(file);
  }
  fs.chmodSync(folder, 0o755);
};

const isLeftOver = (folder: string, entry: fs.Dirent): boolean =>
  entry.isDirectory()
    ? entry.name === '__pycache__'
    : folder.endsWith(METADATA) && INSTALL_RECORDS.includes(entry.name);

/** Removes console scripts, which begin with a path of this machine's Python that Lambda lacks. Other scripts stay. */
const tidyScripts = (folder: string): void => {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const names = fs.readdirSync(folder);
  for (const name of names) {
    const file = path.join(folder, name);
    if (fs.statSync(file).isFile() && isPythonLauncher(file)) fs.rmSync(file);
  }
  if (names.length > 0 && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
};
