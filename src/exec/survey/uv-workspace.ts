import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import ignore from 'ignore';
import { localPackageName } from '../../plan/packaging/local/local-package';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { parseToml } from '../../plan/packaging/project/toml-file';
import type { ProjectFile, UvWorkspace } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import { readText } from '../files/read-text';
import { tableAt, textsAt } from '../../plan/values/toml-values';

const MANIFEST = 'pyproject.toml';

const manifestIn = (folder: string): ProjectFile | undefined => {
  const file = path.join(folder, MANIFEST);
  if (!isThere(file)) return undefined;
  const read = readText(file);
  return read._tag === 'Text' ? { file, text: read.text } : undefined;
};

const foldersIn = (folder: string): readonly string[] => {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
};

/** The folders that match a pattern such as `libs/*`, each part of which is one of a path. */
const expand = (root: string, pattern: string): readonly string[] =>
  path.posix
    .normalize(pattern)
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reduce<readonly string[]>(
      (folders, part) =>
        folders.flatMap((folder) => {
          if (part === '**') return [folder, ...below(folder)];
          if (!/[*?[]/.test(part)) return path.join(folder, part);
          const wanted = ignore().add(part);
          return foldersIn(folder)
            .filter((name) => wanted.ignores(name))
            .map((name) => path.join(folder, name));
        }),
      [root],
    );

const below = (folder: string): readonly string[] =>
  foldersIn(folder).flatMap((name) => {
    const inner = path.join(folder, name);
    return [inner, ...below(inner)];
  });

/** The folders of a workspace's members, its root first; undefined if the text declares no workspace. */
const memberFolders = (root: ProjectFile): readonly string[] | undefined => {
  // Most are no root: the word saves the parser.
  const table = root.text.includes('workspace') ? parseToml(root) : undefined;
  if (table === undefined || isLeft(table)) return undefined;
  if (tableAt(table.right, 'tool', 'uv', 'workspace') === undefined) return undefined;
  const home = path.dirname(root.file);
  const patterns = (key: string) => textsAt(table.right, 'tool', 'uv', 'workspace', key);
  const left = new Set(patterns('exclude').flatMap((pattern) => expand(home, pattern)));
  const members = patterns('members').flatMap((pattern) => expand(home, pattern));
  return [...new Set([home, ...members.filter((folder) => !left.has(folder))])];
};

/**
 * The workspace of a package: the nearest around it, however far up; undefined if it is in none. The root names its
 * members, so the search needs no other end.
 *
 * @param own the package's pyproject.toml, already read
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/
 */
export const workspaceOf = (own: ProjectFile): UvWorkspace | undefined => {
  const folder = path.dirname(own.file);
  for (let current = folder; ; current = path.dirname(current)) {
    const root = current === folder ? own : manifestIn(current);
    const folders = root === undefined ? undefined : memberFolders(root);
    if (root !== undefined && folders !== undefined) {
      const members = folders.flatMap((member) => {
        const name = localPackageName({ [MANIFEST]: manifestIn(member)?.text ?? '' });
        return name === null ? [] : { name: normalizeName(name), path: member };
      });
      return folders.includes(folder) ? { root, members } : undefined;
    }
    if (path.dirname(current) === current) return undefined;
  }
};
