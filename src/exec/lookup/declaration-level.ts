import * as path from 'node:path';
import { DECLARATION_FILES } from '../../plan/request/declaration-files';
import { isThere } from '../files/file-kind';

/** An entry: the root of its files, and its path in it; null for a layer. */
interface PlacedEntry {
  readonly root: string;
  readonly path: string | null;
}

/**
 * The folder of the files that declare an entry's dependencies. For an entry folder with its index in a subfolder, it
 * is the entry folder, as with AWS's own construct, unless that has no such file. Else it is the folder of the index.
 */
export const levelOf = ({ root, path: file }: PlacedEntry, names: readonly string[]): string =>
  file === null || !file.includes('/') || names.some((name) => isThere(path.join(root, name)))
    ? root
    : path.dirname(path.join(root, file));

/** The folder that is searched first for declarations; paths of `dependencies.from` are relative to it. */
export const declarationLevel = (entry: PlacedEntry): string =>
  levelOf(entry, Object.keys(DECLARATION_FILES));
