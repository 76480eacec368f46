import * as path from 'node:path';
import type { ImportFacts } from '../../plan/show/import-warning';
import { foldersUpTo } from '../../plan/values/paths';
import { isThere } from '../files/file-kind';
import { readText } from '../files/read-text';
import { workspaceOf } from './uv-workspace';

/**
 * Facts for an entry in a member of a uv workspace whose root declares an imported module: only the member's own
 * dependencies are installed then, with and without a lock.
 *
 * @param declaredIn the declaration further up that has the distribution
 */
export const workspaceFacts = (
  folder: string,
  declaredIn: string | undefined,
): Pick<ImportFacts, 'memberOf'> => {
  if (declaredIn === undefined || path.basename(declaredIn) !== 'pyproject.toml') return {};
  const member = foldersUpTo(folder, path.dirname(declaredIn))
    .map((one) => path.join(one, 'pyproject.toml'))
    .find((file) => isThere(file));
  if (member === undefined || member === declaredIn) return {};
  const read = readText(member);
  const root = read._tag === 'Text' ? workspaceOf({ file: member, text: read.text })?.root.file : undefined;
  return root === declaredIn
    ? { memberOf: { member, isLocked: isThere(path.join(path.dirname(root), 'uv.lock')) } }
    : {};
};
