import type { IConstruct } from 'constructs';
import type { ExecutionReport } from '../../exec/batch/execution-report';
import type { BundlePlan } from '../../plan/model/bundle-plan';

/**
 * Runs plans in place of the real executors, or only looks at them: for the tests of an app.
 *
 * @example
 * class Refuses implements BundleExecutor {
 *   execute(plans: readonly BundlePlan[]): readonly ExecutionReport[] {
 *     throw new Error(`not in a unit test: ${plans.length} bundles`);
 *   }
 * }
 *
 * @since 0.1.0
 */
export interface BundleExecutor {
  /**
   * @param plans the distinct plans of one synthesis, in the order in which their functions were made
   * @returns one report for each plan, matched by `asset`; a plan without a report counts as failed
   */
  execute(plans: readonly BundlePlan[]): readonly ExecutionReport[];
}

/**
 * Records the plans that it gets and makes nothing: it runs no process, uses no network and writes no file.
 *
 * @since 0.1.0
 */
export class RecordingExecutor implements BundleExecutor {
  /** Every plan so far, in order. */
  public readonly plans: BundlePlan[] = [];

  public execute(plans: readonly BundlePlan[]): readonly ExecutionReport[] {
    this.plans.push(...plans);
    return plans.map(({ hash, label, output }) => ({
      asset: hash.asset,
      label,
      outcome: { _tag: 'Bundled', path: output.path, dependencies: 'none', duration: 0 },
    }));
  }
}

/**
 * Chooses the executor for everything below a construct.
 *
 * A function's own executor (`bundling.executor`) comes first, then the one of the nearest construct above it.
 *
 * @example
 * const executor = new RecordingExecutor();
 * BundleExecutors.of(app).use(executor);
 *
 * @since 0.1.0
 */
export class BundleExecutors {
  private static readonly chosen = new WeakMap<IConstruct, BundleExecutor>();

  /** The choice for a construct and all below it: an app, a stage, a stack. */
  public static of(scope: IConstruct): BundleExecutors {
    return new BundleExecutors(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** Gives all plans made below the construct to an executor of your own. */
  public use(executor: BundleExecutor): void {
    BundleExecutors.chosen.set(this.scope, executor);
  }

  /** The executor that was chosen for this construct or, if none was, for the nearest construct above it. */
  public find(): BundleExecutor | undefined {
    return [...this.scope.node.scopes]
      .reverse()
      .map((scope) => BundleExecutors.chosen.get(scope))
      .find((executor) => executor !== undefined);
  }
}
