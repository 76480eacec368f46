import * as fs from 'node:fs';
import * as path from 'node:path';
import { entriesOf } from './real-folder';

/**
 * Moves all that is in a folder into another one, which may have the same folders. A file that is there is replaced, and
 * so is a folder where a file comes, or a file where a folder does.
 *
 * @param isWanted whether a file moves, by its path; the others are removed. @default all do
 * @param above path of the folder, where it lies in one that is merged
 */
export const mergeTrees = (
  from: string,
  into: string,
  isWanted?: (file: string) => boolean,
  above = '',
): void => {
  fs.mkdirSync(into, { recursive: true });
  entriesOf(into);
  for (const entry of entriesOf(from)) {
    const [source, target] = [path.join(from, entry.name), path.join(into, entry.name)];
    const place = `${above}${entry.name}`;
    const isFolder = fs.lstatSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder && entry.isDirectory()) mergeTrees(source, target, isWanted, `${place}/`);
    // Only what lies there already is taken of some: a folder that is not there has nothing of it.
    else if (isWanted === undefined || (!entry.isDirectory() && isWanted(place))) {
      // A rename replaces nothing of another kind.
      if (isFolder || entry.isDirectory()) fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(source, target);
    }
  }
  fs.rmSync(from, { recursive: true, force: true });
};
