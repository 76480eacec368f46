import type { SourceFile } from '../model/bundle-plan';
import type { EntryPlacement } from './handler';
import { byText } from '../values/hash';
import { relativePath, staysInside } from '../values/paths';
import type { SnapshotEntry, SourceSnapshot } from '../model/source-snapshot';

/**
 * Whether a file of the entry's folder is one for pip or pipenv by its name, such as `requirements-dev.txt`, though no installer of
 * this bundle reads it. Its indexes may have passwords as well.
 */
export const isForPip = (path: string): boolean =>
  /^(?:(?:requirements|constraints)[^/]*\.(?:txt|in)|Pipfile(?:\.lock)?)$/.test(path);

/**
 * What declares dependencies among the files: the lock, what it was made from, and what lies beside the entry and is not used.
 * Paths relative to the root. The entry itself is none.
 */
export const declarationsIn = (
  { project, enclosing, beside = [] }: Pick<SourceSnapshot, 'project' | 'enclosing' | 'beside'>,
  { root, path }: Pick<SnapshotEntry, 'root' | 'path'>,
): readonly string[] =>
  [
    ...[project?.source, project?.manifest, enclosing?.source].flatMap((file) =>
      file ? relativePath(root, file.file) : [],
    ),
    ...beside,
  ].filter((file) => file !== path && staysInside(file));

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
    beside,
  }: Pick<SourceSnapshot, 'files' | 'requirements' | 'project' | 'included' | 'beside'>,
  entry: SnapshotEntry,
  placement: Pick<EntryPlacement, 'path'> | null,
  commands = false,
): readonly SourceFile[] => {
  const declarations = declarationsIn({ project, ...(beside && { beside }) }, entry);
  const kept = commands ? new Set(declarations) : new Set<string>();
  const texts = (requirements?.texts ?? []).map(({ file }) => relativePath(entry.root, file));
  const read = new Set([...texts, ...declarations].filter((file) => !kept.has(file)));
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
  const others = included
    .filter(({ from }) => commands || !isForPip(from))
    .map(({ native: _, ...file }) => file);
  return [...own, ...others].sort((a, b) => byText(a.path, b.path));
};
