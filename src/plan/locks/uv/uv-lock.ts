import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { isLeft, isRight, left, right } from 'fp-ts/Either';
import { memoizeByObject } from '../../values/memoize-by-object';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { environmentErrors } from '../locked/lock-environments';
import { lockedFiles } from '../locked/locked-files';
import { reachable } from '../locked/locked-graph';
import type { LockedPackage, LockQuestion, LockReader } from '../locked/locked-set';
import { normalizeName } from '../../packaging/requirement/package-name';
import { relativePath } from '../../values/paths';
import type { PlanError } from '../../errors/plan-error';
import { pythonErrors } from '../../packaging/tags/requires-python';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { reachableWithConflicts } from './uv-conflicts';
import type { UvLockFile, UvNode } from './uv-lock-file';
import { parseUvLock } from './uv-lock-file';
import {
  uvLockOutdated,
  uvPackagesOutdated,
  uvRootOutdated,
  uvScriptLockOutdated,
  uvSettingsOutdated,
} from './uv-lock-outdated';
import type { UvRoots } from './uv-roots';
import { uvRoots } from './uv-roots';
import { localFolder, uvSource } from './uv-source';
import { tableAt, textAt, valueAt } from '../../values/toml-values';

const parsedOnce = memoizeByObject(parseUvLock);

const folderOf = (node: UvNode): string | undefined => {
  const folder = localFolder(tableAt(node.value.table, 'source') ?? {});
  return folder === undefined ? undefined : path.posix.normalize(folder).replace(/(?<=.)\/$/, '');
};

/** The package of the manifest's folder; undefined if the lock does not have it, such as the lock of a script. */
const projectOf = ({ nodes }: UvLockFile, { source, manifest }: LockQuestion): UvNode | undefined => {
  const folder =
    manifest === null ? '.' : relativePath(path.dirname(source.file), path.dirname(manifest.file));
  return nodes.find((node) => folderOf(node) === folder);
};

const pythonProblem = ({ table }: UvLockFile, { source, markers }: LockQuestion): readonly PlanError[] => {
  const text = textAt(table, 'requires-python');
  const line = lineOfKey(source.text, ['requires-python']);
  return text === undefined ? [] : pythonErrors(source.file, { text, line }, markers?.['python_version']);
};

const lockedPackage = (node: UvNode): Either<string, LockedPackage> => {
  const { table, line } = node.value;
  const source = uvSource(tableAt(table, 'source') ?? {});
  return isLeft(source)
    ? left(`${node.name}: ${source.left}`)
    : right({
        name: node.name,
        version: textAt(table, 'version') ?? null,
        source: source.right,
        ...lockedFiles(table),
        line,
      });
};

const answer = (
  lock: UvLockFile,
  question: LockQuestion,
  project: UvNode | undefined,
  { edges, active }: UvRoots,
): ReturnType<LockReader> => {
  const file = question.source.file;
  const target = { environment: question.markers, extras: active };
  const follow = valueAt(lock.table, 'conflicts') === undefined ? reachable : reachableWithConflicts;
  const found = follow(lock.nodes, edges, target);
  const invalid = (line: number, reason: string): PlanError => ({
    _tag: 'InvalidDeclaration',
    file,
    line,
    reason,
  });
  const reached = found.nodes.filter((node) => node !== project);
  const packages = reached.map((node) => ({ node, read: lockedPackage(node) }));
  const twice = reached.filter(
    (node, index) => question.markers !== null && node.name === reached[index - 1]?.name,
  );
  const missing = [...new Set(found.missing.map(({ name }) => name))].sort();
  const problems = [
    ...uvPackagesOutdated(lock.table, reached, question),
    ...missing.map((name) => invalid(1, `it needs ${name}, but does not have it for the target`)),
    ...packages.flatMap(({ node, read }) => (isLeft(read) ? [invalid(node.value.line, read.left)] : [])),
    ...twice.map(({ name, value }) => invalid(value.line, `it has more than one ${name} for the target`)),
  ];
  const requested = edges
    .filter((edge) => evaluateMarker(edge.marker, target))
    .map((edge) => normalizeName(edge.name))
    .filter((name) => project === undefined || name !== normalizeName(project.name));
  return problems.length > 0
    ? left(problems)
    : right({
        packages: packages.flatMap(({ read }) => (isRight(read) ? [read.right] : [])),
        requested: [...new Set(requested)].sort(),
      });
};

/**
 * Reads a uv.lock. The result is that of `uv export --frozen --no-emit-project --no-default-groups` for the manifest's
 * project on the target, with the requested groups and extras. For a script's lock (`uv lock --script`), it is the
 * requirements of the script.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile
 */
export const readUvLock: LockReader = (question) => {
  const parsed = parsedOnce(question.source);
  if (isLeft(parsed)) return parsed;
  const lock = parsed.right;
  const project = lock.scriptRoots === null ? projectOf(lock, question) : undefined;
  const roots = uvRoots(lock, project, question);
  const isRoot = project === undefined && lock.scriptRoots === null && isRight(roots);
  const problems = [
    ...pythonProblem(lock, question),
    ...environmentErrors(lock.supported, question),
    ...(lock.scriptRoots === null ? [] : uvScriptLockOutdated(lock.table, question)),
    ...(project === undefined ? [] : uvLockOutdated(lock.table, project, question)),
    ...(isRoot ? uvRootOutdated(lock.table, question) : []),
    ...(lock.scriptRoots === null ? uvSettingsOutdated(lock.table, question) : []),
    ...(isLeft(roots) ? roots.left : []),
  ];
  return isLeft(roots) || problems.length > 0 ? left(problems) : answer(lock, question, project, roots.right);
};
