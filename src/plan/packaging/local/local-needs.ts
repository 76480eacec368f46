import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { normalizeName } from '../requirement/package-name';
import { readPyproject } from '../project/pyproject';
import { optionalDependencies } from '../project/pyproject-tables';
import type { PlanError } from '../../errors/plan-error';
import type { LocalPackage } from '../../model/source-snapshot';
import { parseToml } from '../project/toml-file';

/** A folder or an archive on this machine that a local package requires. */
export interface LocalNeed {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
  /** Absolute. */
  readonly path: string;
  /** Absolute path of the file that names it. */
  readonly file: string;
  readonly line: number;
}

/** A requirement of a local package with a URL or a Git repository, and its location. */
export interface FetchedNeed {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** The dependencies of a local package whose origin its sources give. */
export interface LocalNeeds {
  readonly locals: readonly LocalNeed[];
  readonly fetched: readonly FetchedNeed[];
  /** Errors for sources that cannot be followed. */
  readonly problems: readonly PlanError[];
}

/**
 * Reads the dependencies of a local package that have `[tool.uv.sources]`; undefined for an invalid pyproject.toml,
 * whose errors the build of the package reports.
 *
 * @param extras - The requested extras; by default all extras of the package
 */
export const localNeeds = (
  { path: folder, pyproject, workspace }: Pick<LocalPackage, 'path' | 'pyproject' | 'workspace'>,
  extras?: readonly string[],
): LocalNeeds | undefined => {
  const file = path.join(folder, 'pyproject.toml');
  const source = { file, text: pyproject ?? '' };
  const table = parseToml(source);
  if (isLeft(table)) return undefined;
  const known = optionalDependencies(table.right);
  const asked = extras?.filter((extra) => known.has(normalizeName(extra))) ?? [...known.keys()];
  const read = readPyproject(source, { groups: [], extras: asked }, workspace?.root);
  if (isLeft(read)) return undefined;
  const { locals, workspaceMembers, fetched, indexed } = read.right;
  const members = workspaceMembers.map((member) => ({
    ...member,
    path: workspace?.members.find(({ name }) => normalizeName(member.name) === name)?.path,
    file,
  }));
  return {
    locals: [
      ...locals.map((local) => ({ ...local, path: path.resolve(folder, local.path), file })),
      ...members.flatMap((member) => (member.path === undefined ? [] : { ...member, path: member.path })),
    ],
    fetched: fetched.map((each) => ({ ...each, file })),
    problems: [
      ...members
        .filter((member) => member.path === undefined)
        .map(({ name, line }): PlanError => ({
          _tag: 'WorkspaceMemberNotFound',
          file,
          line,
          name,
          root: workspace?.root.file ?? null,
        })),
      ...indexed.map(({ name, index, line }): PlanError => ({
        _tag: 'IndexNotFollowed',
        file,
        name,
        index,
        line,
      })),
    ],
  };
};
