import * as fs from 'node:fs';
import * as path from 'node:path';
import type { NotShipped } from '../../plan/install/whole-build';

/**
 * Copies the sources of a whole build, and the files that commands have made among them, from the input folder. Links
 * are followed. The installer's inputs are left out.
 */
export const shipInput = (from: string, into: string, { files, folders, sources }: NotShipped): void => {
  const [read, packages, own] = [new Set(files), new Set(folders), new Set(sources)];
  const visit = (folder: string, isPackage: boolean, above: readonly string[]): void => {
    for (const name of fs.readdirSync(path.join(from, folder)).sort()) {
      const relative = folder === '' ? name : `${folder}/${name}`;
      const file = path.join(from, relative);
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) {
        const real = fs.realpathSync(file);
        if (!above.includes(real)) visit(relative, isPackage || packages.has(relative), [...above, real]);
      } else if (stats?.isFile() === true && (own.has(relative) || !(isPackage || read.has(relative)))) {
        const target = path.join(into, relative);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
      }
    }
  };
  visit('', false, [fs.realpathSync(from)]);
};
