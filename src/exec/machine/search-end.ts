import * as path from 'node:path';
import { commonFolder, foldersUpTo } from '../../plan/values/paths';

/** What a folder has that a CDK app, or the package that ships a construct, begins in. */
const APP_FILES = ['cdk.json', 'package.json'];

interface Has {
  readonly has: (file: string) => boolean;
}

/**
 * The folder at which the search for declarations ends: the folder that holds both the entry and the root of the app. The root is
 * the nearest folder with a `cdk.json` or a `package.json` above a file that defines the construct. A construct may be made
 * by a file of another package, so the first root that holds the entry counts, else the first root.
 *
 * Where no file defines it, as on the command line, every folder above the entry is searched. The current folder decides nothing.
 *
 * @param folder absolute path of the folder that the entry lies in
 * @param definingFiles absolute paths, nearest first
 */
export const searchEnd = (disk: Has, folder: string, definingFiles: readonly string[]): string => {
  const roots = [...new Set(definingFiles.map((file) => path.dirname(file)))].map((each) =>
    appRoot(disk, each),
  );
  const [nearest = path.parse(folder).root] = roots;
  const holding = roots.find((root) => commonFolder([root, folder]) === root);
  return holding ?? commonFolder([nearest, folder]);
};

/**
 * The folder of the app, as far as an entry tells: where the search for declarations ends. On the command line, where that is all
 * of the disk, it is the root of the app or package that the entry lies in.
 */
export const appFolderOf = (disk: Has, folder: string, end: string): string =>
  path.dirname(end) === end ? appRoot(disk, folder) : end;

/** The nearest folder with a `cdk.json` or a `package.json` above a folder; the folder itself where there is none. */
export const appRoot = (disk: Has, folder: string): string =>
  foldersUpTo(folder, path.parse(folder).root).find((each) =>
    APP_FILES.some((name) => disk.has(path.join(each, name))),
  ) ?? folder;
