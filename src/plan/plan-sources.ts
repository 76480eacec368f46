import type { SourceFile } from './bundle-plan';
import type { EntryPlacement } from './handler';
import { byText } from './hash';
import { relativePath } from './paths';
import type { SnapshotEntry, SourceSnapshot } from './source-snapshot';

/**
 * Whether a file of the entry's folder is one for pip by its name, such as `requirements-dev.txt`, though no installer of this
 * bundle reads it. Its indexes may have passwords as well.
 */
export const isForPip = (path: string): boolean => /^(requirements|constraints)[^/]*\.(txt|in)$/.test(path);

/**
 * The user's files that go in, ordered by path. What declares the dependencies stays out: it is no part of the program, and
 * requirements files may hold credentials, which belong neither in a bundle nor in its hash.
 *
 * @param commands whether commands of the user's run among them: what those read must be there, and does not ship
 */
export const planSources = (
  {
    files,
    requirements,
    project,
    included = [],
  }: Pick<SourceSnapshot, 'files' | 'requirements' | 'project' | 'included'>,
  entry: SnapshotEntry,
  placement: Pick<EntryPlacement, 'path'> | null,
  commands = false,
): readonly SourceFile[] => {
  const declarations = [...(requirements?.texts ?? []), project?.source, project?.manifest];
  const read = new Set(declarations.flatMap((file) => (file ? relativePath(entry.root, file.file) : [])));
  const own = files
    .filter(
      (file) => file.path === entry.path || !(read.has(file.path) || (!commands && isForPip(file.path))),
    )
    .map(({ path: from, size, executable, digest }) => ({
      from,
      path: placement !== null && from === entry.path ? placement.path : from,
      size,
      executable,
      digest,
    }));
  const others = included.filter(({ from }) => commands || !isForPip(from));
  return [...own, ...others].sort((a, b) => byText(a.path, b.path));
};
