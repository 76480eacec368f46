import * as path from 'node:path';
import { foldersUpTo, relativePath, staysInside } from '../../plan/values/paths';
import type { Once } from '../files/read-once';
import { realPath } from '../files/real-path';

/** An entry's folder, and the files that define its construct, as one walk over the tree sees them. */
export interface SeenPlaces {
  readonly root: string;
  readonly definingFiles: readonly string[];
}

/**
 * The files that define a construct, under the paths that they have where the app is named as the entry names it. Node.js resolves
 * links in the paths of modules, and nothing does so in the path of an entry: `/link/app/fn` and `/real/app/stack.ts` may be one app,
 * in which the search for declarations ends. Without links the paths stay as they are.
 *
 * A link between the app and the entry is followed: `..` leads out of the folder that it points to, as it does for pip and uv.
 *
 * @param root absolute path of the folder of the entry
 * @param reals paths without links, of earlier calls
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
