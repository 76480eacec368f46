import type { SourceFile } from './bundle-plan';
import type { EntryPlacement } from './handler';
import { byText } from './hash';
import { relativePath } from './paths';
import type { SnapshotEntry, SourceSnapshot } from './source-snapshot';

/**
 * The user's files that go in, ordered by path. Requirements files that the installer reads stay out: they are no part
 * of the program, and may hold credentials, which belong neither in a bundle nor in its hash.
 */
export const planSources = (
  { files, requirements }: Pick<SourceSnapshot, 'files' | 'requirements'>,
  entry: SnapshotEntry,
  placement: Pick<EntryPlacement, 'path'> | null,
): readonly SourceFile[] => {
  const read = new Set(requirements?.texts.map(({ file }) => relativePath(entry.root, file)));
  return files
    .filter((file) => !read.has(file.path))
    .map(({ path: from, size, executable, digest }) => ({
      from,
      path: placement !== null && from === entry.path ? placement.path : from,
      size,
      executable,
      digest,
    }))
    .sort((a, b) => byText(a.path, b.path));
};
