import * as path from 'node:path';
import type { NeededDeclaration } from '../imports/needed-import';
import { relativePath } from '../values/paths';
import type { SnapshotEntry } from '../model/source-snapshot';

/**
 * The line that says which declaration further up is used, and why.
 *
 * @param label of the function or the layer
 * @param entry the path is relative to its folder, even if the bundle begins further up
 */
export const neededLine = (
  label: string,
  { root, path: file }: Pick<SnapshotEntry, 'root' | 'path'>,
  needed: NeededDeclaration,
): string => {
  const folder = file === null ? root : path.dirname(path.join(root, file));
  return `${label}: dependencies from ${relativePath(folder, needed.declaration)}, because ${reasonOf(needed)}`;
};

const reasonOf = ({ file, module, handler }: NeededDeclaration): string =>
  handler === undefined
    ? `${path.posix.basename(file)} imports ${module}`
    : `the handler ${handler} is in ${module}`;
