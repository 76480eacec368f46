import type { SourceFile } from '../model/bundle-plan';
import type { EntryPlacement } from './handler';
import { byText } from '../values/hash';
import { relativePath, staysInside } from '../values/paths';
import type { SnapshotEntry, SourceSnapshot } from '../model/source-snapshot';

/**
 * Whether a file's name is one for pip or pipenv, such as `requirements-dev.txt`. Even if no installer of this bundle
 * reads the file, the URLs of its indexes may have passwords.
 */
export const isForPip = (path: string): boolean =>
  /^(?:(?:requirements|constraints)[^/]*\.(?:txt|in)|Pipfile(?:\.lock)?)$/.test(path);

/**
 * The declarations among the files, except the entry itself: the lock, its manifest, and unused declarations beside the
 * entry. The paths are relative to the root.
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
 * The user's files that go into the bundle, ordered by path. Declarations are left out: they are not part of the
 * program, and requirements files may have credentials, which belong neither in a bundle nor in its hash.
 *
 * @param commands whether commands of the user run. They see the declarations, which still do not go into the bundle
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
