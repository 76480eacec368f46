import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { normalizeName } from '../requirement/package-name';
import { readPyproject } from '../project/pyproject';
import { optionalDependencies } from '../project/pyproject-tables';
import type { PlanError } from '../../errors/plan-error';
import type { LocalPackage } from '../../model/source-snapshot';
import { parseToml } from '../project/toml-file';

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

/** A requirement of a URL or a Git repository that a local package asks for, and where. */
export interface FetchedNeed {
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** What the sources of a local package say of where its dependencies come from. */
export interface LocalNeeds {
  readonly locals: readonly LocalNeed[];
  readonly fetched: readonly FetchedNeed[];
  /** What cannot be followed. */
  readonly problems: readonly PlanError[];
}

/**
 * What the pyproject.toml of a local package asks for by `[tool.uv.sources]`; undefined where it cannot be read: what builds the
 * package says what is wrong with it.
 *
 * @param extras - Those that are asked for; by default all that it has
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
