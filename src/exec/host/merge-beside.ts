import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Copies the files of one folder into another if their paths are free there, and gives the paths that were not. Files
 * are copied, not moved: the user's commands may change them, and a module may be a link into an installer's cache.
 */
export const mergeBeside = (from: string, into: string): readonly string[] => {
  const taken: string[] = [];
  const visit = (folder: string, isBlocked: boolean): void => {
    for (const entry of fs.readdirSync(path.join(from, folder), { withFileTypes: true })) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const target = path.join(into, relative);
      const there = isBlocked ? undefined : fs.statSync(target, { throwIfNoEntry: false });
      if (entry.isDirectory()) {
        const isFile = there !== undefined && !there.isDirectory();
        if (!isBlocked && there === undefined) fs.mkdirSync(target);
        visit(relative, isBlocked || isFile);
      } else if (isBlocked || there !== undefined) taken.push(relative);
      else fs.copyFileSync(path.join(from, relative), target, fs.constants.COPYFILE_FICLONE);
    }
  };
  fs.mkdirSync(into, { recursive: true });
  visit('', false);
  return taken.sort();
};
