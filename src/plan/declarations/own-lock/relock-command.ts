import type { TargetRuntime } from '../../model/bundle-plan';
import type { DependencyRequest } from '../../request/bundle-request';
import type { LockChoice } from '../../errors/lock-command';
import { lockCommandOf } from '../../errors/lock-command';
import type { OwnLock } from '../../locks/locked/own-lock';
import type { PlanError } from '../../errors/plan-error';
import { findRuntime, minorOf } from '../../target/python-runtime';

type Asked = Pick<DependencyRequest, 'groups' | 'extras' | 'index' | 'extraIndexes' | 'resolvedAsOf'>;

/** The choice for a new lock: the groups, extras and indexes of now, with the day and targets of the old lock. */
export const sameChoice = (
  { groups, extras, index, extraIndexes, resolvedAsOf }: Asked,
  own: Pick<OwnLock, 'resolvedAsOf' | 'runtimes' | 'architectures'>,
): LockChoice => ({
  groups,
  extras,
  ...(index === undefined ? {} : { index }),
  extraIndexes,
  resolvedAsOf: resolvedAsOf ?? own.resolvedAsOf,
  runtimes: own.runtimes,
  architectures: own.architectures,
});

const pythonOf = (name: string): string => findRuntime(name)?.python ?? name;

const inOrder = (pythons: readonly string[]): readonly string[] =>
  [...new Set(pythons.map(pythonOf))].sort((a, b) => minorOf({ python: a }) - minorOf({ python: b }));

/** The runtimes of a lock and one more: the runtimes that the lock names, otherwise the oldest that it allows. */
const runtimesWith = (
  { runtimes, oldestPython }: OwnLock,
  python: string,
  isForPython: boolean,
): readonly string[] => {
  if (runtimes.length > 0) return inOrder([...runtimes, python]);
  return isForPython ? [] : inOrder([...(oldestPython === null ? [] : [oldestPython]), python]);
};

/** The same choice with one more target. */
const choiceWith = (
  asked: Asked,
  own: OwnLock,
  { python, architecture }: TargetRuntime,
  isForPython: boolean,
): LockChoice => ({
  ...sameChoice(asked, own),
  runtimes: runtimesWith(own, python, isForPython),
  architectures:
    own.architectures.length === 0 || own.architectures.includes(architecture)
      ? own.architectures
      : [...own.architectures, architecture],
});

/** Adds to a lock's errors for a target the command that locks for that target as well. */
export const withLockCommand = (
  errors: readonly PlanError[],
  own: OwnLock,
  manifest: string,
  asked: Asked,
  target: TargetRuntime,
): readonly PlanError[] => {
  const isForPython = !errors.some(({ _tag }) => _tag === 'PythonNotSupported');
  const command = lockCommandOf(manifest, choiceWith(asked, own, target, isForPython));
  return errors.map((error) =>
    error._tag === 'LockNotForTarget' ||
    error._tag === 'PythonNotSupported' ||
    error._tag === 'NoFileForTarget'
      ? { ...error, relock: { manifest, command } }
      : error,
  );
};
