import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../bundle-request';
import { readProject } from './read-project';
import { dependenciesLine } from '../packaging/dependencies-line';
import { normalizeName } from '../packaging/package-name';
import { parseToml } from '../packaging/toml-file';
import type { PlanError } from '../plan-error';
import type { ProjectDeclaration } from '../source-snapshot';
import { askedByFile, askedByProject } from './asked-lines';
import type { OwnLock } from '../locks/own-lock';
import { ownLockOf } from '../locks/own-lock';
import { shellWord } from '../shell-word';

type Chosen = Pick<DependencyRequest, 'groups' | 'extras'>;

/** What a lock was made from; undefined where this library did not write it. */
export const ownLockIn = ({
  kind,
  source,
}: Pick<ProjectDeclaration, 'kind' | 'source'>): OwnLock | undefined => {
  if (kind !== 'pylock') return undefined;
  const parsed = parseToml(source);
  return isLeft(parsed) ? undefined : ownLockOf(parsed.right);
};

/** All that a lock's declaration asks for now; undefined where it cannot be read, which is an error of its own. */
const askedNow = (
  { manifest, requirements, localPackages }: ProjectDeclaration,
  chosen: Chosen,
): readonly string[] | undefined => {
  if (requirements !== undefined) return askedByFile(requirements);
  if (manifest === null) return undefined;
  const kind = manifest.file.endsWith('.py') ? 'script' : 'pyproject';
  const read = readProject({ kind, source: manifest }, chosen);
  return isLeft(read) ? undefined : askedByProject(path.dirname(manifest.file), read.right, localPackages);
};

/** The first difference, in words; undefined where there is none. */
export const lineDifference = (now: readonly string[], then: readonly string[]): string | undefined => {
  const added = now.find((line) => !then.includes(line));
  if (added !== undefined) return `it was made without "${added}"`;
  const gone = then.find((line) => !now.includes(line));
  return gone === undefined ? undefined : `it was made with "${gone}"`;
};

const chosenDifference = (
  kind: 'groups' | 'extras',
  asked: readonly string[],
  then: readonly string[],
): string | undefined => {
  const names = (list: readonly string[]): string => [...new Set(list.map(normalizeName))].sort().join(', ');
  return names(asked) === names(then)
    ? undefined
    : `it was made with ${names(then) === '' ? `no ${kind}` : `the ${kind} ${names(then)}`}, and ${names(asked) === '' ? 'none' : names(asked)} of them ${asked.length === 1 ? 'is' : 'are'} asked for`;
};

/** A path as one word of a command, quoted only where it must be. */
const plainWord = (text: string): string => (/^[\w@%+=:,.\\/-]+$/.test(text) ? text : shellWord(text));

/** The command that makes a lock again. */
export const lockCommandOf = (manifest: string, { groups, extras }: Chosen): string =>
  [
    `npx cdk-lambda-python lock ${plainWord(manifest)}`,
    ...groups.map((name) => `--group ${name}`),
    ...extras.map((name) => `--extra ${name}`),
  ].join(' ');

/** That a lock of this library is not one of its declaration as it is now. */
export const ownLockOutdated = (
  declaration: ProjectDeclaration,
  { groups, extras }: Chosen,
): readonly PlanError[] => {
  const own = ownLockIn(declaration);
  const { source, manifest } = declaration;
  if (own === undefined || manifest === null || path.basename(manifest.file) !== own.declaration) return [];
  const reason =
    chosenDifference('groups', groups, own.groups) ??
    chosenDifference('extras', extras, own.extras) ??
    lineDifference(askedNow(declaration, { groups, extras }) ?? own.requirements, own.requirements);
  return reason === undefined
    ? []
    : [
        {
          _tag: 'LockOutdated',
          file: source.file,
          manifest: manifest.file,
          line: dependenciesLine(manifest),
          reason,
          command: lockCommandOf(manifest.file, { groups, extras }),
        },
      ];
};
