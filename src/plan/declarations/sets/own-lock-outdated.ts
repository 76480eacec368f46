import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import { readProject } from './read-project';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseToml } from '../../packaging/project/toml-file';
import { lockCommandOf } from '../../errors/lock-command';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { askedDifference } from '../own-lock/asked-difference';
import { askedSettings } from '../uv-settings/lock-settings';
import type { AskedLine } from '../own-lock/asked-lines';
import { askedByFile, askedByProject } from '../own-lock/asked-lines';
import { sameChoice } from '../own-lock/relock-command';
import type { OwnLock } from '../../locks/locked/own-lock';
import { ownLockOf } from '../../locks/locked/own-lock';

type Chosen = Pick<DependencyRequest, 'groups' | 'extras'>;

/** The record in a lock of its declaration; undefined if this library did not write the lock. */
export const ownLockIn = ({
  kind,
  source,
}: Pick<ProjectDeclaration, 'kind' | 'source'>): OwnLock | undefined => {
  if (kind !== 'pylock') return undefined;
  const parsed = parseToml(source);
  return isLeft(parsed) ? undefined : ownLockOf(parsed.right);
};

/**
 * The current requests and `[tool.uv]` settings of a lock's declaration; undefined if it cannot be read, which is its
 * own error.
 */
const askedNow = (
  { manifest, requirements, localPackages, root }: ProjectDeclaration,
  chosen: Chosen,
): readonly AskedLine[] | undefined => {
  if (requirements !== undefined) return askedByFile(requirements);
  if (manifest === null) return undefined;
  const kind = manifest.file.endsWith('.py') ? ('script' as const) : ('pyproject' as const);
  const declaration = { kind, source: manifest, manifest: null, ...(root === undefined ? {} : { root }) };
  const read = readProject(declaration, chosen);
  return isLeft(read)
    ? undefined
    : [
        ...askedByProject(manifest.file, read.right, localPackages),
        ...askedSettings(declaration, read.right),
      ];
};

const namesIn = (list: readonly string[]): readonly string[] => [...new Set(list.map(normalizeName))].sort();

const listed = (kind: 'group' | 'extra', names: readonly string[]): string => {
  const words = names.map((name) => `\`${name}\``).join(', ');
  return names.length === 0 ? `no ${kind}s` : `the ${kind}${names.length === 1 ? '' : 's'} ${words}`;
};

const chosenDifference = (
  kind: 'group' | 'extra',
  asked: readonly string[],
  then: readonly string[],
): string | undefined => {
  const [before, now] = [namesIn(then), namesIn(asked)];
  return before.join() === now.join()
    ? undefined
    : `it was made with ${listed(kind, before)}, and is used with ${listed(kind, now)}`;
};

/**
 * The reason why a lock is out of date with its declaration; undefined if it is up to date.
 *
 * @param declaration absolute path
 */
export const lockDifference = (
  declaration: string,
  own: OwnLock,
  { groups, extras }: Chosen,
  asked: readonly AskedLine[] | undefined,
): string | undefined =>
  chosenDifference('group', groups, own.groups) ??
  chosenDifference('extra', extras, own.extras) ??
  (asked === undefined
    ? undefined
    : askedDifference(declaration, asked, [...own.requirements, ...own.settings]));

/** Reports a lock of this library that is out of date with its declaration. */
export const ownLockOutdated = (
  declaration: ProjectDeclaration,
  dependencies: DependencyRequest,
): readonly PlanError[] => {
  const own = ownLockIn(declaration);
  const { source, manifest } = declaration;
  if (own === undefined || manifest === null || path.basename(manifest.file) !== own.declaration) return [];
  const reason = lockDifference(manifest.file, own, dependencies, askedNow(declaration, dependencies));
  return reason === undefined
    ? []
    : [
        {
          _tag: 'LockOutdated',
          file: source.file,
          manifest: manifest.file,
          line: null,
          reason,
          command: lockCommandOf(manifest.file, sameChoice(dependencies, own)),
        },
      ];
};
