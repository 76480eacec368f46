import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { ArchitectureName } from '../../plan/target/architecture';
import type { TargetRuntime } from '../../plan/model/bundle-plan';
import { allowsPython } from '../../plan/packaging/requirement/specifier';
import { findRuntime, minorOf, pythonRuntimes } from '../../plan/target/python-runtime';
import { runtimeOf } from '../../plan/runtime/target-runtime';
import type { LockSource } from './lock-source';
import { isAssembly, readAssembly } from '../assembly/read-assembly';

/** The targets of a lock. */
export interface LockTargets {
  readonly targets: readonly TargetRuntime[];
  /** The architectures that the lock is limited to; empty for all. */
  readonly architectures: readonly ArchitectureName[];
  /**
   * One target of each of these lists must be met: if nobody has named a target, the lock is as wide as possible, and
   * need not cover all.
   */
  readonly required: readonly (readonly TargetRuntime[])[];
}

/** The default oldest minor version: AWS gives older ones no updates. */
const OLDEST = 10;

const ARCHITECTURES: readonly ArchitectureName[] = ['x86_64', 'arm64'];

export interface AskedTargets {
  readonly runtimes: readonly string[];
  readonly architectures: readonly ArchitectureName[];
  /** Absolute path of a cloud assembly that may have plans. */
  readonly assembly: string;
}

/** The targets of an app's plans that install a declaration. */
const plannedTargets = ({ source, lock }: LockSource, assembly: string): readonly TargetRuntime[] => {
  const carried = isAssembly(assembly) ? readAssembly(assembly) : E.left([]);
  if (E.isLeft(carried)) return [];
  const found = carried.right.flatMap(({ plan }) =>
    plan.install?.declaration === source.file || plan.install?.declaration === lock ? [plan.runtime] : [],
  );
  return [...new Map(found.map((target) => [`${target.name} ${target.architecture}`, target])).values()];
};

const ofPlans = (targets: readonly TargetRuntime[]): LockTargets => ({
  targets,
  architectures: [...new Set(targets.map(({ architecture }) => architecture))],
  required: targets.map((target) => [target]),
});

const pinnedPython = ({ source }: LockSource): string | undefined => {
  try {
    const text = fs.readFileSync(path.join(path.dirname(source.file), '.python-version'), 'utf8');
    return /^\s*(\d+\.\d+)/.exec(text)?.[1];
  } catch {
    return undefined;
  }
};

/**
 * The targets of a lock: the named runtimes; else those of the app's plans that use it; else that of a
 * `.python-version` beside it; else all that its `requires-python` allows, from Python 3.10 on.
 */
export const lockTargets = (source: LockSource, asked: AskedTargets): E.Either<string, LockTargets> => {
  const unknown = asked.runtimes.find((name) => findRuntime(name) === undefined);
  if (unknown !== undefined)
    return E.left(
      `"${unknown}" is not a known Python runtime of Lambda. Known are: ${pythonRuntimes.map(({ python }) => python).join(', ')}.`,
    );
  const architectures = asked.architectures.length === 0 ? ARCHITECTURES : asked.architectures;
  const on = (names: readonly string[]): readonly TargetRuntime[] =>
    names.flatMap((name) => {
      const runtime = findRuntime(name);
      return runtime === undefined ? [] : architectures.map((each) => runtimeOf(runtime, each, 'prop'));
    });
  const named = (names: readonly string[]): LockTargets => ({
    targets: on(names),
    architectures: asked.architectures,
    required:
      asked.architectures.length > 0 ? on(names).map((target) => [target]) : names.map((name) => on([name])),
  });
  if (asked.runtimes.length > 0) return E.right(named(asked.runtimes));
  const planned = plannedTargets(source, asked.assembly);
  if (planned.length > 0) return E.right(ofPlans(planned));
  const pinned = pinnedPython(source);
  if (pinned !== undefined && findRuntime(pinned) !== undefined) return E.right(named([pinned]));
  const { requiresPython } = source;
  const allowed = pythonRuntimes.filter((runtime) =>
    requiresPython === null ? minorOf(runtime) >= OLDEST : allowsPython(requiresPython, runtime.python),
  );
  return allowed.length === 0
    ? E.left(`${source.source.file} is for Python ${requiresPython ?? ''}, which no runtime of Lambda has.`)
    : E.right({ ...named(allowed.map(({ name }) => name)), required: [] });
};

/** The oldest Python among targets. */
export const oldestPython = (targets: readonly TargetRuntime[]): string =>
  [...targets].sort((a, b) => minorOf(a) - minorOf(b))[0]?.python ?? `3.${OLDEST}`;
