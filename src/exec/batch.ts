import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { DependencyTree, Installers } from './dependencies';
import { provideDependencies } from './dependencies';
import type { ExecutionError } from './execution-error';
import { makeBundle } from './execute-plan';
import type { ExecutionReport } from './execution-report';
import { targetName } from './install';
import { inParallel } from './in-parallel';
import type { Progress } from './progress';
import { seconds } from './progress';
import type { Store } from './store';
import { removeAbandoned } from './temporary';

/**
 * Everything a batch touches the world with.
 *
 * @since 0.1.0
 */
export interface World {
  readonly store: Store;
  readonly installers: Installers;
  readonly progress: Progress;
  /** Milliseconds since some fixed moment. */
  readonly now: () => number;
  /** How much is done at a time. */
  readonly parallelism: number;
}

/**
 * A plan that is to be run.
 *
 * @since 0.1.0
 */
export interface BatchItem {
  readonly plan: BundlePlan;
  /** Values of the variables that the plan names for the container. */
  readonly environment: Readonly<Record<string, string>>;
}

type Provided = E.Either<ExecutionError, DependencyTree | null>;

/**
 * Runs plans: each distinct set of dependencies is installed once, bundles are made as soon as theirs is there, and one
 * plan's failure stops no other. A report is handed over when it is known, and all are given at the end, in order.
 *
 * @since 0.1.0
 */
export const runBatch = async (
  world: World,
  items: readonly BatchItem[],
  onReport: (report: ExecutionReport) => void = () => undefined,
): Promise<readonly ExecutionReport[]> => {
  await removeAbandoned(world.store.temporaries);
  const provide = provideOnce(world, items);
  const run = async (item: BatchItem): Promise<ExecutionReport> => {
    const started = world.now();
    const dependencies = await provide(item).catch(fault);
    const made = E.isLeft(dependencies)
      ? dependencies
      : await assembled(world.progress, item.plan, dependencies.right).catch(fault);
    return reportOf(item.plan, dependencies, made, Math.round(world.now() - started));
  };
  try {
    return await inParallel(world.parallelism, items, async (item) => {
      const report = await run(item);
      onReport(report);
      return report;
    });
  } finally {
    world.progress.close();
  }
};

/** Putting a bundle together is told of only while it takes long: many megabytes are copied then. */
const assembled = async (
  progress: Progress,
  plan: BundlePlan,
  dependencies: DependencyTree | null,
): Promise<E.Either<ExecutionError, void>> => {
  progress.start(plan.output.directory, `putting together the bundle of ${plan.label}`);
  try {
    return await makeBundle(plan, dependencies);
  } finally {
    progress.end(plan.output.directory);
  }
};

/** A fault of this library, or of an installer of the caller's own, stops no other plan either. */
const fault = (error: unknown): E.Either<ExecutionError, never> =>
  E.left({
    _tag: 'RunnerFailed',
    exit: 'a fault of its own',
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });

/** The modules of a plan; plans with the same key share one install. */
const provideOnce = (world: World, items: readonly BatchItem[]): ((item: BatchItem) => Promise<Provided>) => {
  const provide = provideDependencies(world.store, world.installers);
  const underWay = new Map<string, Promise<Provided>>();
  return ({ plan, environment }) => {
    const { install } = plan;
    const key = plan.hash.dependencies;
    if (install === null || key === null) return Promise.resolve(E.right(null));
    const begun = underWay.get(key);
    if (begun !== undefined) return begun;
    const started = world.now();
    const users = items.filter((item) => item.plan.hash.dependencies === key).length;
    const title = `requirements of ${plan.label}${users > 1 ? ` and ${users - 1} more` : ''} for ${targetName(plan)}`;
    world.progress.start(key, `installing the ${title}`);
    const provided = provide(plan, install, key, environment).then((result) => {
      world.progress.end(key, noteOf(result, title, seconds(world.now() - started)));
      return result;
    });
    underWay.set(key, provided);
    return provided;
  };
};

/** One line for each real install; what the store has is not worth one. */
const noteOf = (result: Provided, title: string, time: string): string | undefined => {
  if (E.isLeft(result)) return `failed after ${time}: the ${title}`;
  const from = result.right?.from ?? 'store';
  return from === 'store' ? undefined : `installed by ${from} in ${time}: the ${title}`;
};

const reportOf = (
  { hash, label, output }: BundlePlan,
  dependencies: Provided,
  made: E.Either<ExecutionError, void>,
  duration: number,
): ExecutionReport => ({
  asset: hash.asset,
  label,
  outcome: E.isLeft(made)
    ? { _tag: 'Failed', error: made.left }
    : {
        _tag: 'Bundled',
        directory: output.directory,
        dependencies: E.isRight(dependencies) ? (dependencies.right?.from ?? 'none') : 'none',
        duration,
      },
});
