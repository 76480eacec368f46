import type { Ignores } from './ignore-rules';
import { ignoresOf } from './ignore-rules';

/** A `.gitignore` file. */
interface IgnoreFile {
  /** The folder of its patterns, relative to the root; empty for the root itself. */
  readonly folder: string;
  readonly text: string;
}

/** Escapes a folder's name for a pattern. */
const literally = (folder: string): string => folder.replace(/[\\*?[\]]/g, '\\$&');

/** Turns a pattern of a folder into one of the root (gitignore, "Pattern format"). */
const fromRoot = (folder: string, line: string): readonly string[] => {
  const [, not = '', pattern = ''] = /^(!?)(.*)$/.exec(line.replace(/\r$/, '')) ?? [];
  if (pattern.trim() === '' || line.startsWith('#')) return [];
  const isAnchored = /\/./.test(pattern);
  const base = folder === '' ? '' : `/${literally(folder)}`;
  return [`${not}${base}${isAnchored ? `/${pattern.replace(/^\//, '')}` : `/**/${pattern}`}`];
};

/**
 * The rules of several `.gitignore` files. As in Git, patterns of a deeper folder come after those of folders above.
 */
export const ignoreFiles = (files: readonly IgnoreFile[]): Ignores =>
  ignoresOf(
    [...files]
      .sort((a, b) => a.folder.length - b.folder.length)
      .flatMap(({ folder, text }) => text.split('\n').flatMap((line) => fromRoot(folder, line))),
  );
