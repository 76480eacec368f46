import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { normalizeName } from '../requirement/package-name';
import { relativePath } from '../../values/paths';
import type { ProjectFile } from '../../model/source-snapshot';
import { parseToml } from './toml-file';
import type { TomlTable } from '../../values/toml-values';
import { asTable, tableAt, textAt } from '../../values/toml-values';

/** Makes the path of a source, or of each source in a list, relative to another folder. */
const seenFrom = (folder: string, home: string, source: unknown): unknown => {
  if (Array.isArray(source)) return source.map((each: unknown) => seenFrom(folder, home, each));
  const written = textAt(source, 'path');
  return written === undefined
    ? source
    : { ...asTable(source), path: relativePath(folder, path.resolve(home, written)) };
};

/**
 * A workspace member's pyproject.toml with the sources of the workspace's root. They apply to names for which the
 * member has no source of its own.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources
 */
export const withInherited = (table: TomlTable, file: string, root: ProjectFile | undefined): TomlTable => {
  if (root === undefined || root.file === file) return table;
  const read = parseToml(root);
  const sources = isLeft(read) ? {} : (tableAt(read.right, 'tool', 'uv', 'sources') ?? {});
  const own = tableAt(table, 'tool', 'uv', 'sources') ?? {};
  const names = new Set(Object.keys(own).map(normalizeName));
  const [folder, home] = [path.dirname(file), path.dirname(root.file)];
  const inherited = Object.entries(sources)
    .filter(([name]) => !names.has(normalizeName(name)))
    .map(([name, source]) => [name, seenFrom(folder, home, source)] as const);
  return inherited.length === 0
    ? table
    : {
        ...table,
        tool: {
          ...tableAt(table, 'tool'),
          uv: { ...tableAt(table, 'tool', 'uv'), sources: { ...own, ...Object.fromEntries(inherited) } },
        },
      };
};
