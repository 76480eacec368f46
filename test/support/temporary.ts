import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const folders = new Set<string>();

/** A folder of this test run, without symbolic links in its path; it is removed when the process exits. */
export const temporaryFolder = (prefix = 'cdk-lambda-python-'): string => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), prefix)));
  // One listener for all folders: Node.js warns of the eleventh.
  if (folders.size === 0) process.once('exit', removeFolders);
  folders.add(folder);
  return folder;
};

const removeFolders = (): void => {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A container may have left files of another user: no reason for a finished test to fail.
    }
  }
};

/** Writes files, and the folders they need, below a root: `{ 'a/b.py': 'text', c: Buffer.of(0) }`. */
export const writeTree = (root: string, tree: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [name, content] of Object.entries(tree)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
};

/** A file of a tree as tests compare it; all of it is text, so that a difference can be read. */
export interface TreeFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Permission bits in octal, such as `644`; `link` for a symbolic link, which is never followed. */
  readonly mode: string;
  /** SHA-256 of the content, or of a link's target, in hexadecimal. */
  readonly sha256: string;
}

/** All files and links below a root, ordered by UTF-16 code unit. Folders show only in the paths of what they hold. */
export const listTree = (root: string): readonly TreeFile[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => readTreeFile(root, path.join(entry.parentPath, entry.name)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

const readTreeFile = (root: string, file: string): TreeFile => {
  const status = lstatSync(file);
  const link = status.isSymbolicLink();
  return {
    path: path.relative(root, file).split(path.sep).join('/'),
    mode: link ? 'link' : (status.mode & 0o7777).toString(8),
    sha256: createHash('sha256')
      .update(link ? readlinkSync(file) : readFileSync(file))
      .digest('hex'),
  };
};
