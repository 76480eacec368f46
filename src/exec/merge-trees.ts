import * as fs from 'node:fs';
import * as path from 'node:path';
import { entriesOf } from './real-folder';

/**
 * Moves all that is in a folder into another one, which may have the same folders. A file that is there is replaced, and
 * so is a folder where a file comes, or a file where a folder does.
 */
export const mergeTrees = (from: string, into: string): void => {
  fs.mkdirSync(into, { recursive: true });
  entriesOf(into);
  for (const entry of entriesOf(from)) {
    const [source, target] = [path.join(from, entry.name), path.join(into, entry.name)];
    const isFolder = fs.lstatSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder && entry.isDirectory()) mergeTrees(source, target);
    else {
      // A rename replaces nothing of another kind.
      if (isFolder || entry.isDirectory()) fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(source, target);
    }
  }
  fs.rmSync(from, { recursive: true, force: true });
};
