import * as path from 'node:path';
import type { NeededDeclaration } from './needed-import';
import { relativePath } from './paths';

/**
 * The line that says which declaration further up is used, and why.
 *
 * @param label of the function or the layer
 * @param folder absolute path of the folder that the paths are seen from: the source root
 */
export const neededLine = (label: string, folder: string, needed: NeededDeclaration): string =>
  `${label}: dependencies from ${relativePath(folder, needed.declaration)}, because ${reasonOf(needed)}`;

const reasonOf = ({ file, module, handler }: NeededDeclaration): string =>
  handler === undefined
    ? `${path.posix.basename(file)} imports ${module}`
    : `the handler ${handler} is in ${module}`;
