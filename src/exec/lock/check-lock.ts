import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { ArchitectureName } from '../../plan/target/architecture';
import type { TargetRuntime } from '../../plan/model/bundle-plan';
import type { DependencyRequest } from '../../plan/request/bundle-request';
import { sameChoice } from '../../plan/declarations/own-lock/relock-command';
import { lockDifference, ownLockIn } from '../../plan/declarations/sets/own-lock-outdated';
import { projectSet } from '../../plan/declarations/sets/project-set';
import { lockCommandOf } from '../../plan/errors/lock-command';
import { packagesIn } from '../../plan/locks/locked/own-lock';
import { momentOf } from '../../plan/values/moment';
import { showPlanError } from '../../plan/errors/plan-error';
import type { ProjectDeclaration } from '../../plan/model/source-snapshot';
import type { LockSource } from './lock-source';
import type { LockTargets } from './lock-targets';

const declarationOf = (
  { source, lock, root, requirements, localPackages }: LockSource,
  text: string,
): ProjectDeclaration => ({
  kind: 'pylock',
  source: { file: lock, text },
  manifest: source,
  localPackages,
  ...(root === undefined ? {} : { root }),
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

/** The requirements that a lock cannot install, on its required targets and on others. */
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

/** The options of a check, besides the declaration. */
export interface AskedCheck extends DependencyRequest {
  /** The runtimes that the user named. */
  readonly runtimes: readonly string[];
  /** The architectures that the user named. */
  readonly architectures: readonly ArchitectureName[];
}

/**
 * The reason why an existing lock does not match its declaration, and the command to run; undefined if it does. No
 * index is asked.
 */
export const lockFault = (
  source: LockSource,
  text: string | undefined,
  asked: AskedCheck,
  targets: Pick<LockTargets, 'targets' | 'required'>,
): string | undefined => {
  const { lock } = source;
  const { file } = source.source;
  const own = text === undefined ? undefined : ownLockIn({ kind: 'pylock', source: { file: lock, text } });
  const command = lockCommandOf(file, {
    ...sameChoice(asked, own ?? { resolvedAsOf: null, ...asked }),
    ...(asked.runtimes.length === 0 ? {} : { runtimes: asked.runtimes }),
    ...(asked.architectures.length === 0 ? {} : { architectures: asked.architectures }),
  });
  const fault = (why: string): string => `${why}. Run \`${command}\`.`;
  if (text === undefined) return fault(`${lock} is missing`);
  if (own === undefined) return fault(`${lock} was not made from ${path.basename(file)} by this command`);
  const difference = lockDifference(file, own, asked, [...source.asked, ...source.askedSettings]);
  if (difference !== undefined) return fault(`${lock} is out of date with ${file}: ${difference}`);
  const date = asked.resolvedAsOf;
  if (date !== undefined && momentOf(date) !== own.resolvedAsOf)
    return fault(`${lock} was made as of ${own.resolvedAsOf ?? 'the day it was made'}, not of ${date}`);
  if (!packagesIn(text).isAsWritten) return fault(`${lock} was changed after it was written`);
  return unmetTargets(source, text, asked, targets).errors[0];
};
