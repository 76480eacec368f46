import * as path from 'node:path';
import { commonFolder, foldersUpTo } from '../../plan/values/paths';

/** Files that mark the root folder of a CDK app, or of a package with a construct. */
const APP_FILES = ['cdk.json', 'package.json'];

interface Has {
  readonly has: (file: string) => boolean;
}

/**
 * The folder at which the search for declarations ends: the folder that holds both the entry and the root of the app.
 * The root is the nearest folder with a `cdk.json` or a `package.json` above a file that defines the construct. A file
 * of another package may create the construct, so the first root that holds the entry counts, else the first root.
 *
 * If no file defines the construct, as on the command line, every folder above the entry is searched. The current
 * folder does not matter.
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
 * The folder of an entry's app: the folder at which the search for declarations ends. On the command line the search
 * ends at the root of the disk, so the folder is the root of the app or package that holds the entry.
 */
export const appFolderOf = (disk: Has, folder: string, end: string): string =>
  path.dirname(end) === end ? appRoot(disk, folder) : end;

/** The nearest folder with a `cdk.json` or a `package.json` above a folder; the folder itself if no folder has one. */
export const appRoot = (disk: Has, folder: string): string =>
  foldersUpTo(folder, path.parse(folder).root).find((each) =>
    APP_FILES.some((name) => disk.has(path.join(each, name))),
  ) ?? folder;
