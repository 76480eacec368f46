import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { normalizeName } from './package-name';
import { readPyproject } from './pyproject';
import { optionalDependencies } from './pyproject-tables';
import type { ProjectFile } from '../source-snapshot';
import { asArray, parseToml, tableAt, valueAt } from './toml-file';

/** A folder or an archive of this machine that a local package asks for. */
export interface LocalNeed {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  /** Absolute. */
  readonly path: string;
  /** Absolute path of the file that names it, and the line. */
  readonly file: string;
  readonly line: number;
}

/**
 * What the pyproject.toml of a local package asks for of this machine (`[tool.uv.sources]`). One that cannot be read asks for
 * nothing here: what builds the package says what is wrong with it.
 *
 * @param extras - Those that are asked for; by default all that it has
 */
export const localNeeds = (pyproject: ProjectFile, extras?: readonly string[]): readonly LocalNeed[] => {
  const table = parseToml(pyproject);
  if (isLeft(table)) return [];
  const known = optionalDependencies(table.right);
  const asked = extras?.filter((extra) => known.has(normalizeName(extra))) ?? [...known.keys()];
  const read = readPyproject(pyproject, { groups: [], extras: asked });
  if (isLeft(read)) return [];
  const folder = path.dirname(pyproject.file);
  return read.right.locals.map((local) => ({
    ...local,
    path: path.resolve(folder, local.path),
    file: pyproject.file,
  }));
};

/** Whether all sources of a pyproject.toml are paths, so that who follows them misses nothing. */
export const hasOnlyPaths = (pyproject: ProjectFile): boolean => {
  const table = parseToml(pyproject);
  const sources = isLeft(table) ? {} : (tableAt(table.right, 'tool', 'uv', 'sources') ?? {});
  return Object.values(sources)
    .flatMap((source) => asArray(source) ?? [source])
    .every((source) => valueAt(source, 'path') !== undefined);
};
