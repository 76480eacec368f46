import * as path from 'node:path';
import { foldersUpTo, relativePath, staysInside } from '../plan/paths';
import type { Once } from './once';
import { realPath } from './real-path';

/**
 * The files that define a construct, under the paths that they have where the app is named as the entry names it. Node.js resolves
 * links in the paths of modules, and nothing does so in the path of an entry: `/link/app/fn` and `/real/app/stack.ts` may be one app,
 * in which the search for declarations ends. Without links the paths stay as they are.
 *
 * @param root absolute path of the folder of the entry
 * @param reals paths without links, of earlier calls
 */
export const definingFilesSeen = (
  root: string,
  definingFiles: readonly string[],
  reals: Once<string>,
): readonly string[] => {
  const real = (file: string): string => reals([file], () => realPath(file));
  const isPlain = [root, ...definingFiles.map((file) => path.dirname(file))].every(
    (each) => real(each) === each,
  );
  if (isPlain) return definingFiles;
  const folders = foldersUpTo(root, path.parse(root).root);
  return definingFiles.map((file) => {
    const realFile = path.join(real(path.dirname(file)), path.basename(file));
    const holding = folders.find((each) => staysInside(relativePath(real(each), realFile)));
    return holding === undefined ? file : path.join(holding, relativePath(real(holding), realFile));
  });
};
