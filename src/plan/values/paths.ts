import * as path from 'node:path';

/** The path from `from` to `to`, with `/` between its parts; `.` for the same folder. */
export const relativePath = (from: string, to: string): string =>
  path.relative(from, to).split(path.sep).join('/') || '.';

/** Whether a relative path (from {@link relativePath}) stays inside its folder. */
export const staysInside = (relative: string): boolean =>
  relative !== '..' && !relative.startsWith('../') && !path.isAbsolute(relative);

/** The deepest common folder of some absolute folders. It is the root of the first folder where they share nothing. */
export const commonFolder = (folders: readonly [string, ...string[]]): string =>
  folders.reduce((common, folder) => {
    let candidate = common;
    while (!staysInside(relativePath(candidate, folder)) && path.dirname(candidate) !== candidate) {
      candidate = path.dirname(candidate);
    }
    return candidate;
  });

/** The parent folders of a relative path, outermost first: `a` and `a/b` for `a/b/c`. */
export const foldersOf = (relative: string): readonly string[] => {
  const parts = relative.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
};

/** An absolute folder and its parents up to the last one, innermost first. */
export const foldersUpTo = (folder: string, last: string): readonly string[] =>
  folder === last || path.dirname(folder) === folder
    ? [folder]
    : [folder, ...foldersUpTo(path.dirname(folder), last)];

/** Whether an absolute path leads out of a folder. */
export const isOutside = (folder: string, absolute: string): boolean =>
  !staysInside(relativePath(folder, absolute));

/** Shortens a path for a message: a very long one keeps only its beginning and its end. */
export const shortPath = (absolute: string): string =>
  absolute.length <= 300 ? absolute : `${absolute.slice(0, 140)} … ${absolute.slice(-140)}`;
