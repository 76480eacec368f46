import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * The folder beside an install's input folder. While the user's commands run, it has this library's files for
 * installers. While an installer runs, it has the user's files at the same paths.
 */
export const asideOf = (input: string): string => `${input}.aside`;

/** Exchanges the files at some paths between two folders. Removes folders that become empty. */
export const exchangeFiles = (folder: string, aside: string, paths: readonly string[]): void => {
  for (const one of paths) {
    const [here, there] = [path.join(folder, one), path.join(aside, one)];
    const between = `${there}.between`;
    fs.mkdirSync(path.dirname(there), { recursive: true });
    if (fs.existsSync(here)) fs.renameSync(here, between);
    if (fs.existsSync(there)) {
      fs.mkdirSync(path.dirname(here), { recursive: true });
      fs.renameSync(there, here);
    }
    if (fs.existsSync(between)) fs.renameSync(between, there);
    removeEmpty(path.dirname(here), folder);
  }
};

const removeEmpty = (folder: string, root: string): void => {
  if (folder === root || !fs.existsSync(folder) || fs.readdirSync(folder).length > 0) return;
  fs.rmdirSync(folder);
  removeEmpty(path.dirname(folder), root);
};
