import * as fs from 'node:fs';
import * as path from 'node:path';
import { Line } from '../../plan/values/codecs';
import { fileKind } from '../files/file-kind';
import { printable } from '../process/printable';

/** A file or folder that no bundle may hold. */
interface UnsafeFile {
  /** Relative to the tree, with `/`. */
  readonly path: string;
  /** In words, with an article. */
  readonly what: string;
}

/** Set-user-ID and set-group-ID: the program runs with the rights of its owner or group. */
const [SET_USER, SET_GROUP] = [0o4000, 0o2000];

/**
 * The first file of a tree that must not ship: a link to an existing file outside, which would bring a file of this
 * machine into the bundle; a pipe, a socket or a device; a program that runs with its owner's rights; a name with
 * control characters, or one that is a path on another system. No file is opened.
 *
 * @param own the user's files and folders, which may have any name
 */
export const unsafeFile = (
  tree: string,
  own: ReadonlySet<string> = new Set<string>(),
): UnsafeFile | undefined => {
  const root = fs.realpathSync(tree);
  const visit = (folder: string): UnsafeFile | undefined => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const what =
        (own.has(relative) ? undefined : oddName(entry)) ??
        (entry.isDirectory() ? undefined : danger(root, path.join(root, relative)));
      if (what !== undefined) return { path: relative, what };
      const below = entry.isDirectory() ? visit(relative) : undefined;
      if (below !== undefined) return below;
    }
    return undefined;
  };
  return visit('');
};

/** The reason to refuse a name, in words. */
const oddName = (entry: fs.Dirent): string | undefined => {
  const kind = entry.isDirectory() ? 'folder' : 'file';
  if (!Line.is(entry.name) || printable(entry.name) !== entry.name)
    return `a ${kind} with a control character in its name`;
  return entry.name.includes('\\') ? `a ${kind} whose name is a path on another system` : undefined;
};

const danger = (root: string, file: string): string | undefined => {
  const stats = fs.lstatSync(file);
  if (stats.isSymbolicLink()) {
    const target = whereTo(file);
    return target === undefined || `${target}${path.sep}`.startsWith(`${root}${path.sep}`)
      ? undefined
      : `a symbolic link to ${target}`;
  }
  if (!stats.isFile()) return `a ${fileKind(stats)}`;
  if ((stats.mode & SET_USER) !== 0) return 'a file with the set-user-ID bit';
  // On a file that is not executable, the set-group-ID bit once meant mandatory locking.
  return (stats.mode & SET_GROUP) !== 0 && (stats.mode & 0o111) !== 0
    ? 'a file with the set-group-ID bit'
    : undefined;
};

/** The final target of a link; undefined if it is dangling. */
const whereTo = (link: string): string | undefined => {
  try {
    return fs.realpathSync(link);
  } catch {
    return undefined;
  }
};
