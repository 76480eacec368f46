import * as path from 'node:path';

/** `to` seen from `from`, with `/` between its parts; `.` for the same folder. */
export const relativePath = (from: string, to: string): string =>
  path.relative(from, to).split(path.sep).join('/') || '.';

/** Whether a relative path (as {@link relativePath} gives it) stays inside. */
export const staysInside = (relative: string): boolean =>
  relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative);

/** The deepest folder that holds all of some absolute folders; the first one's root where they share nothing. */
export const commonFolder = (folders: readonly [string, ...string[]]): string =>
  folders.reduce((common, folder) => {
    let candidate = common;
    while (!staysInside(relativePath(candidate, folder)) && path.dirname(candidate) !== candidate) {
      candidate = path.dirname(candidate);
    }
    return candidate;
  });

/** The folders a relative path lies in, outermost first: `a/b/c` lies in `a` and `a/b`. */
export const foldersOf = (relative: string): readonly string[] => {
  const parts = relative.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
};

/** An absolute folder and those that it lies in, innermost first, up to one of them. */
export const foldersUpTo = (folder: string, last: string): readonly string[] =>
  folder === last || path.dirname(folder) === folder
    ? [folder]
    : [folder, ...foldersUpTo(path.dirname(folder), last)];

/** Whether an absolute path leads out of a folder. */
export const isOutside = (folder: string, absolute: string): boolean =>
  !staysInside(relativePath(folder, absolute));

/** A path for a message. A long path is cut in the middle. */
export const shortPath = (absolute: string): string =>
  absolute.length <= 300 ? absolute : `${absolute.slice(0, 140)} … ${absolute.slice(-140)}`;
