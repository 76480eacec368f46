import type { GitMetadata } from '../../model/git-metadata';
import { relativePath } from '../../values/paths';
import type { LocalPackage } from '../../model/source-snapshot';

/**
 * The repositories from which local packages take a version, each once; the field is absent if there are none.
 *
 * @param place maps an absolute path to a path among the gathered inputs
 */
export const gitOf = (
  localPackages: readonly LocalPackage[],
  place: (absolute: string) => string,
): { readonly git?: readonly GitMetadata[] } => {
  const found = new Map<string, GitMetadata>();
  for (const { path: folder, git } of localPackages) {
    if (git === undefined) continue;
    const { root, digest, branch } = git;
    const known = found.get(root);
    found.set(root, {
      // If one package needs the branch, the branch counts for all.
      ...(known === undefined || branch !== null ? { digest, branch } : known),
      path: place(root),
      from: root,
      packages: [...(known?.packages ?? []), relativePath(root, folder)],
    });
  }
  return found.size === 0 ? {} : { git: [...found.values()] };
};
