import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { BatchItem } from '../exec/batch';
import { showExecutionError } from '../exec/execution-error';
import type { ExecutionReport } from '../exec/execution-report';
import { runInChild } from '../exec/run-in-child';
import type { BundlePlan } from '../plan/bundle-plan';
import type { BundleExecutor } from './bundle-executor';

/** A function whose bundle is to be made, or that has none because its plan has errors. */
export interface QueuedBundle {
  readonly construct: IConstruct;
  readonly planned:
    | { readonly _tag: 'Planned'; readonly plan: BundlePlan }
    | { readonly _tag: 'Refused'; readonly messages: readonly string[] };
  /** Who makes it; asked when the batch begins, for a test may choose after the function was made. */
  readonly executor: () => BundleExecutor | undefined;
  /** Values for the build container. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * All functions of an app that wait for their bundles. The first that CDK validates or synthesizes has the whole app's
 * made, in one batch; the others then only ask what became of theirs.
 */
export class BundleQueue {
  private static readonly queues = new WeakMap<IConstruct, BundleQueue>();

  /** The queue of the app that a construct is in. */
  public static of(construct: IConstruct): BundleQueue {
    const { root } = construct.node;
    const queue = BundleQueue.queues.get(root) ?? new BundleQueue();
    BundleQueue.queues.set(root, queue);
    return queue;
  }

  private readonly waiting = new Set<QueuedBundle>();
  /** What is wrong with each function that was seen to; nothing where its bundle was made. */
  private readonly messages = new Map<IConstruct, readonly string[]>();

  public add(bundle: QueuedBundle): void {
    this.waiting.add(bundle);
  }

  /**
   * Has every waiting bundle made, and tells what is wrong with one function's. The first failing one of a stage also
   * tells of other stages, which CDK does not come to any more: it stops at the first stage that has errors.
   */
  public validate(construct: IConstruct): string[] {
    this.run();
    const own = this.messages.get(construct) ?? [];
    const stage = Stage.of(construct);
    const failed = [...this.messages].filter(([, messages]) => messages.length > 0);
    const speaks = failed.find(([other]) => Stage.of(other) === stage)?.[0] === construct;
    const elsewhere = failed
      .filter(([other]) => speaks && Stage.of(other) !== stage)
      .flatMap(([other, messages]) => messages.map((message) => `${other.node.path}: ${message}`));
    return [...own, ...elsewhere];
  }

  /** Where validation was left out: everything that is wrong, as one error. */
  public synthesize(): void {
    this.run();
    const lines = [...this.messages].flatMap(([{ node }, messages]) =>
      messages.map((message) => `  [${node.path}] ${message}`),
    );
    if (lines.length > 0) throw new Error(`Bundling failed with the following errors:\n${lines.join('\n')}`);
  }

  private run(): void {
    const bundles = [...this.waiting];
    this.waiting.clear();
    const byExecutor = new Map<BundleExecutor | undefined, [IConstruct, BatchItem][]>();
    for (const { construct, planned, executor, environment } of bundles) {
      this.messages.set(construct, planned._tag === 'Refused' ? planned.messages : []);
      if (planned._tag === 'Refused' || !Stack.of(construct).bundlingRequired) continue;
      const chosen = executor();
      const group = byExecutor.get(chosen) ?? [];
      byExecutor.set(chosen, [...group, [construct, { plan: planned.plan, environment }]]);
    }
    for (const [executor, group] of byExecutor) {
      const items = distinct(group.map(([, item]) => item));
      const reports =
        executor === undefined ? runInChild(items) : executor.execute(items.map(({ plan }) => plan));
      for (const [construct, { plan }] of group) this.messages.set(construct, messagesOf(plan, reports));
    }
  }
}

const distinct = (items: readonly BatchItem[]): readonly BatchItem[] =>
  [...new Map([...items].reverse().map((item) => [item.plan.output.directory, item])).values()].reverse();

const messagesOf = ({ hash }: BundlePlan, reports: readonly ExecutionReport[]): readonly string[] => {
  const report = reports.find(({ asset }) => asset === hash.asset);
  if (report === undefined) return ['The executor gave no report on this function.'];
  return report.outcome._tag === 'Failed' ? [showExecutionError(report.outcome.error)] : [];
};
