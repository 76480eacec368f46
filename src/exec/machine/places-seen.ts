import * as path from 'node:path';
import { foldersUpTo, relativePath, staysInside } from '../../plan/values/paths';
import type { Once } from '../files/read-once';
import { realPath } from '../files/real-path';

/** The folder of an entry and the files that define its construct, with paths through the same links. */
export interface SeenPlaces {
  readonly root: string;
  readonly definingFiles: readonly string[];
}

/**
 * Rewrites the paths of the files that define a construct, so that they go through the same links as the entry. Node.js
 * resolves links in the paths of modules, but nothing resolves them in the path of an entry: `/link/app/fn` and
 * `/real/app/stack.ts` may be one app, in which the search for declarations ends. Paths without links do not change.
 *
 * A link between the app and the entry is followed: `..` leads out of the folder that it points to, as it does for pip
 * and uv.
 *
 * @param root absolute path of the folder of the entry
 * @param reals resolved paths of earlier calls
 */
export const placesSeen = (
  root: string,
  definingFiles: readonly string[],
  reals: Once<string>,
): SeenPlaces => {
  const real = (file: string): string => reals([file], () => realPath(file));
  const isPlain = [root, ...definingFiles.map((file) => path.dirname(file))].every(
    (each) => real(each) === each,
  );
  if (isPlain) return { root, definingFiles };
  const folders = foldersUpTo(root, path.parse(root).root);
  const seen = (folder: string, file: string): string => path.join(folder, relativePath(real(folder), file));
  const realFiles = definingFiles.map((file) => path.join(real(path.dirname(file)), path.basename(file)));
  const holding = (file: string): string | undefined =>
    folders.find((each) => staysInside(relativePath(real(each), file)));
  const [first] = realFiles.flatMap((file) => holding(file) ?? []);
  return {
    root: first === undefined ? real(root) : seen(first, real(root)),
    definingFiles: realFiles.map((file, index) => {
      const folder = holding(file);
      return folder === undefined ? (definingFiles[index] ?? file) : seen(folder, file);
    }),
  };
};
