import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { TargetRuntime } from '../plan/bundle-plan';
import type { DependencyRequest } from '../plan/bundle-request';
import { lineDifference, ownLockIn } from '../plan/declarations/own-lock-outdated';
import { projectSet } from '../plan/declarations/project-set';
import { packagesIn } from '../plan/locks/own-lock';
import { momentOf } from '../plan/packaging/moment';
import { showPlanError } from '../plan/plan-error';
import type { ProjectDeclaration } from '../plan/source-snapshot';
import type { LockSource } from './lock-source';
import type { LockTargets } from './lock-targets';

const declarationOf = (
  { source, lock, requirements, localPackages }: LockSource,
  text: string,
): ProjectDeclaration => ({
  kind: 'pylock',
  source: { file: lock, text },
  manifest: source,
  localPackages,
  ...(requirements === null ? {} : { requirements }),
});

/** A target for which a lock does not install its declaration, and why. */
interface Unmet {
  readonly target: TargetRuntime;
  readonly messages: readonly string[];
}

const unmetAmong = (
  source: LockSource,
  text: string,
  dependencies: DependencyRequest,
  targets: readonly TargetRuntime[],
): readonly Unmet[] => {
  const declaration = declarationOf(source, text);
  return targets.flatMap((target): Unmet | readonly [] => {
    const set = projectSet(declaration, dependencies, target);
    return E.isLeft(set)
      ? {
          target,
          messages: set.left.map(
            (error) => `Python ${target.python} on ${target.architecture}: ${showPlanError(error)}`,
          ),
        }
      : [];
  });
};

/** What a lock cannot install: on targets that it must be right for, and on others. */
export const unmetTargets = (
  source: LockSource,
  text: string,
  dependencies: DependencyRequest,
  { targets, required }: Pick<LockTargets, 'targets' | 'required'>,
): { readonly errors: readonly string[]; readonly notes: readonly string[] } => {
  const unmet = unmetAmong(source, text, dependencies, targets);
  const isSame = (a: TargetRuntime, b: TargetRuntime): boolean =>
    a.name === b.name && a.architecture === b.architecture;
  const isMet = (wanted: TargetRuntime): boolean => !unmet.some(({ target }) => isSame(target, wanted));
  const failed = required.filter((group) => !group.some(isMet)).flat();
  const isRequired = ({ target }: Unmet): boolean => failed.some((wanted) => isSame(wanted, target));
  const messagesOf = (found: readonly Unmet[]): readonly string[] => [
    ...new Set(found.flatMap(({ messages }) => messages)),
  ];
  return {
    errors: messagesOf(unmet.filter(isRequired)),
    notes: messagesOf(unmet.filter((one) => !isRequired(one))),
  };
};

/** Why a lock on the disk is not that of its declaration, without asking an index; undefined where it is. */
export const lockFault = (
  source: LockSource,
  text: string | undefined,
  dependencies: DependencyRequest,
  targets: Pick<LockTargets, 'targets' | 'required'>,
): string | undefined => {
  const { lock } = source;
  const name = path.basename(source.source.file);
  if (text === undefined) return `${lock} is not there`;
  const own = ownLockIn({ kind: 'pylock', source: { file: lock, text } });
  if (own === undefined) return `${lock} was not made from ${name} by this command`;
  const difference = lineDifference(source.asked, own.requirements);
  if (difference !== undefined) return `${lock} is not the lock of ${name} as it is now: ${difference}`;
  const date = dependencies.resolvedAsOf;
  if (date !== undefined && momentOf(date) !== own.resolvedAsOf)
    return `${lock} was made as of ${own.resolvedAsOf ?? 'the day it was made'}, and not of ${date}`;
  if (!packagesIn(text).isAsWritten) return `${lock} was changed after it was written`;
  return unmetTargets(source, text, dependencies, targets).errors[0];
};
