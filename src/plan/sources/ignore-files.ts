import type { Ignores } from './ignore-rules';
import { ignoresOf } from './ignore-rules';

/** A `.gitignore` file. */
interface IgnoreFile {
  /** Folder that its patterns are relative to, relative to the root that paths are seen from; empty for that root. */
  readonly folder: string;
  readonly text: string;
}

/** A folder's name in a pattern: what is a sign there stands for itself. */
const literally = (folder: string): string => folder.replace(/[\\*?[\]]/g, '\\$&');

/** A pattern of a folder as one of the root (gitignore, "Pattern format"). */
const fromRoot = (folder: string, line: string): readonly string[] => {
  const [, not = '', pattern = ''] = /^(!?)(.*)$/.exec(line.replace(/\r$/, '')) ?? [];
  if (pattern.trim() === '' || line.startsWith('#')) return [];
  const isAnchored = /\/./.test(pattern);
  const base = folder === '' ? '' : `/${literally(folder)}`;
  return [`${not}${base}${isAnchored ? `/${pattern.replace(/^\//, '')}` : `/**/${pattern}`}`];
};

/** What several `.gitignore` files leave out together. A pattern of a deeper folder comes after those above it, as Git has it. */
export const ignoreFiles = (files: readonly IgnoreFile[]): Ignores =>
  ignoresOf(
    [...files]
      .sort((a, b) => a.folder.length - b.folder.length)
      .flatMap(({ folder, text }) => text.split('\n').flatMap((line) => fromRoot(folder, line))),
  );
