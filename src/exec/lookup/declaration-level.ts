import * as path from 'node:path';
import { DECLARATION_FILES } from '../../plan/request/declaration-files';
import { isThere } from '../files/file-kind';

/** An entry: the root of its files, and its path in it; null for a layer. */
interface PlacedEntry {
  readonly root: string;
  readonly path: string | null;
}

/**
 * Where the files lie that say what an entry needs. Of a folder with an index further down that is the folder, as with AWS's
 * own construct, unless it has none of them; else it is where the entry is.
 */
export const levelOf = ({ root, path: file }: PlacedEntry, names: readonly string[]): string =>
  file === null || !file.includes('/') || names.some((name) => isThere(path.join(root, name)))
    ? root
    : path.dirname(path.join(root, file));

/** The folder in which declarations are looked for first: paths of `dependencies.from` are relative to it. */
export const declarationLevel = (entry: PlacedEntry): string =>
  levelOf(entry, Object.keys(DECLARATION_FILES));
