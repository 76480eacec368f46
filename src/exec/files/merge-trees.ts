import * as fs from 'node:fs';
import * as path from 'node:path';
import { entriesOf } from './real-folder';

/**
 * Moves all entries of a folder into another folder, which may have the same folders. An entry replaces one of the same
 * name, unless both are folders.
 *
 * @param isWanted whether a file moves, by its path; the others are removed. By default, all files move
 * @param above path of the folder inside the merged tree, with a final `/`
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
    // With `isWanted`, only files in folders that the target already has are moved.
    else if (isWanted === undefined || (!entry.isDirectory() && isWanted(place))) {
      // A rename replaces only an entry of the same kind.
      if (isFolder || entry.isDirectory()) fs.rmSync(target, { recursive: true, force: true });
      fs.renameSync(source, target);
    }
  }
  fs.rmSync(from, { recursive: true, force: true });
};
