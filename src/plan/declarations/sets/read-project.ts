import { dependenciesLine } from '../../packaging/project/dependencies-line';
import type { Either } from 'fp-ts/Either';
import { flatMap, isLeft, left, right } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import type { PlanError } from '../../errors/plan-error';
import { hasPoetryDependencies, readPyproject } from '../../packaging/project/pyproject';
import { readScriptMetadata } from '../../packaging/project/script-metadata';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { parseToml } from '../../packaging/project/toml-file';

const NOTHING: DeclaredDependencies = {
  requirements: [],
  locals: [],
  workspaceMembers: [],
  fetched: [],
  indexed: [],
  requiresPython: null,
};

/**
 * The dependencies of a script, or of a project without a lock. If only a lock has them, the error says how to make
 * one.
 */
export const readProject = (
  { kind, source, root }: Pick<ProjectDeclaration, 'kind' | 'source' | 'root'>,
  dependencies: Pick<DependencyRequest, 'groups' | 'extras'>,
): Either<readonly PlanError[], DeclaredDependencies> => {
  const noLock = (command: string, line: number): PlanError => ({
    _tag: 'NoLock',
    manifest: source.file,
    line,
    command,
  });
  const isOfPoetry = (): boolean => {
    const table = parseToml(source);
    return !isLeft(table) && hasPoetryDependencies(table.right);
  };
  if (kind !== 'script' && isOfPoetry()) return left([noLock('poetry lock', dependenciesLine(source))]);
  const read = kind === 'script' ? readScriptMetadata(source) : readPyproject(source, dependencies, root);
  return flatMap((found: DeclaredDependencies | null): Either<readonly PlanError[], DeclaredDependencies> => {
    const [member] = found?.workspaceMembers ?? [];
    return member === undefined
      ? right(found ?? NOTHING)
      : left([noLock(kind === 'script' ? `uv lock --script ${source.file}` : 'uv lock', member.line)]);
  })(read);
};
