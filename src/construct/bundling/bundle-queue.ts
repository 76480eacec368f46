import { Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isLeft } from 'fp-ts/Either';
import { carryPlan } from '../../exec/assembly/carry-plan';
import { showExecutionError } from '../../exec/errors/execution-error';
import type { ExecutionReport } from '../../exec/batch/execution-report';
import type { ExecutionError } from '../../exec/errors/execution-error';
import { foreignBundle, foreignLayer } from '../../exec/bundle/foreign-layer';
import { layersClashes, modulesOnce } from '../../exec/bundle/layers-clash';
import { distributionsOnce, layerVersions } from '../../exec/bundle/layer-versions';
import { runInChild } from '../../exec/batch/run-in-child';
import { showFailure } from '../../exec/errors/show-failure';
import { tooLargeTogether } from '../../exec/bundle/size-together';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { saveMemory } from '../request/app-cache';
import type { BundleExecutor } from '../props/bundle-executor';
import { hashConflicts } from './hash-conflict';
import type { ImportingFunction, ImportSources } from '../checks/import-warnings';
import { warnOfImports } from '../checks/import-warnings';
import { replacedByLayer, warnOfLayerVersions } from '../checks/layer-version-warnings';
import { replacedByClash, warnOfClashes } from '../checks/layer-clash-warnings';
import { mayHaveOtherTarget, targetInTemplate } from '../checks/target-in-template';
import type { Failed, Problem } from './shared-errors';
import { sharedProblems } from './shared-errors';
import type { BundlingPhase } from '../props/bundling-options';
import type { BatchItem } from '../../exec/batch/world';

/** Layers of a function that this app makes. */
export interface LayersBeside {
  readonly plans: readonly BundlePlan[];
  /** Whether the function's own size check has counted them. */
  readonly areCounted: boolean;
}

/** A function whose bundle will be made, or whose plan has errors. */
export interface QueuedBundle {
  readonly construct: IConstruct;
  readonly planned:
    | { readonly _tag: 'Planned'; readonly plan: BundlePlan }
    | { readonly _tag: 'Refused'; readonly messages: readonly string[] };
  /** When the bundle is made. */
  readonly phase: BundlingPhase;
  /** Gives the executor when the batch begins: a test may choose one after the function was created. */
  readonly executor: () => BundleExecutor | undefined;
  /** Values for the build container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gives the function's layers that this app makes, once all are planned. @default - none */
  readonly layers?: () => LayersBeside;
  /**
   * Gives the sources of imports outside the bundle, once all layers are planned. @default - imports are not checked
   */
  readonly imports?: () => ImportSources | undefined;
}

/**
 * The queue of all functions of an app that wait for their bundles. The first that CDK validates or synthesizes makes
 * all bundles of the app in one batch; the others only read their results.
 */
export class BundleQueue {
  private static readonly queues = new WeakMap<IConstruct, BundleQueue>();

  /** The queue of a construct's app. */
  public static of(construct: IConstruct): BundleQueue {
    const { root } = construct.node;
    const queue = BundleQueue.queues.get(root) ?? new BundleQueue();
    BundleQueue.queues.set(root, queue);
    return queue;
  }

  private readonly waiting = new Set<QueuedBundle>();
  /** Problems of functions whose bundles were tried; a made bundle has no problems. */
  private readonly problems = new Map<IConstruct, readonly Problem[]>();

  public add(bundle: QueuedBundle): void {
    this.waiting.add(bundle);
  }

  /**
   * Makes all waiting bundles and gives the problems of one function. A problem of several functions is reported at the
   * first in its stage. The first failing function of a stage also reports the problems of other stages: CDK stops at
   * the first stage with errors and does not reach them.
   */
  public validate(construct: IConstruct): string[] {
    this.run();
    const stage = Stage.of(construct);
    const isHere = (other: IConstruct): boolean => Stage.of(other) === stage;
    const failed = this.failed();
    const here = failed.filter(([other]) => isHere(other));
    const speaks = here[0]?.[0] === construct;
    const shown = sharedProblems([...here, ...failed.filter(([other]) => !isHere(other))]);
    const elsewhere = shown.filter((problem) => speaks && !isHere(problem.construct));
    return [
      ...shown.filter((problem) => problem.construct === construct).map(({ message }) => message),
      ...elsewhere.map((problem) => `${problem.construct.node.path}: ${problem.message}`),
    ];
  }

  /**
   * If validation was skipped, throws all problems as one error. A stage without a problem goes on, so that CDK
   * validates the stage that has one.
   */
  public synthesize(construct: IConstruct): void {
    this.run();
    const failed = this.failed();
    if (!failed.some(([other]) => Stage.of(other) === Stage.of(construct))) return;
    const lines = sharedProblems(failed).map(
      ({ construct: { node }, message }) => `  [${node.path}] ${message}`,
    );
    throw new Error(`Bundling failed with the following errors:\n${lines.join('\n')}`);
  }

  private failed(): readonly Failed[] {
    return [...this.problems].filter(([construct]) => isInTree(construct));
  }

  private run(): void {
    const bundles = [...this.waiting].filter(({ construct }) => isInTree(construct));
    this.waiting.clear();
    bundles.slice(0, 1).forEach(({ construct }) => saveMemory(construct));
    const plans = bundles.flatMap(({ construct, planned }) =>
      planned._tag === 'Planned' && isWanted(Stack.of(construct)) ? [planned.plan] : [],
    );
    const conflictOf = hashConflicts(plans);
    const byExecutor = new Map<BundleExecutor | undefined, [IConstruct, BatchItem][]>();
    for (const { construct, planned, phase, executor, environment } of bundles) {
      // Keeps the order in which the functions were created, whichever fails.
      this.problems.set(construct, planned._tag === 'Refused' ? planned.messages.map(plain) : []);
      if (planned._tag === 'Refused' || !isWanted(Stack.of(construct))) continue;
      const conflict = conflictOf(planned.plan);
      if (conflict !== undefined) {
        this.problems.set(construct, [plain(conflict)]);
        continue;
      }
      if (phase === 'publish') {
        const carried = carryPlan({ plan: planned.plan, variables: Object.keys(environment) });
        if (isLeft(carried)) this.problems.set(construct, [plain(showExecutionError(carried.left))]);
        continue;
      }
      const chosen = executor();
      const group = byExecutor.get(chosen) ?? [];
      group.push([construct, { plan: planned.plan, environment }]);
      byExecutor.set(chosen, group);
    }
    const made = new Set<string>();
    for (const [executor, group] of byExecutor) {
      const items = distinct(group.map(([, item]) => item));
      const problemsOf = execute(executor, [...items.values()].reverse(), made);
      for (const [construct, { plan }] of group) {
        this.problems.set(construct, problemsOf(items.get(keyOf(plan))?.plan ?? plan));
      }
    }
    const healthy = bundles.filter(({ construct }) => this.problems.get(construct)?.length === 0);
    warnOfImports(importing(healthy, byExecutor.get(undefined) ?? [], made));
    const distributionsIn = distributionsOnce();
    const modulesIn = modulesOnce();
    for (const { construct, planned, layers } of bundles) {
      if (this.problems.get(construct)?.length !== 0) continue;
      this.problems.delete(construct);
      if (planned._tag === 'Refused') continue;
      const { plan } = planned;
      const beside = layers?.();
      const versions = layerVersions(plan, beside?.plans ?? [], distributionsIn);
      const clashes = layersClashes(beside?.plans ?? [], modulesIn);
      const error =
        wrongTogether(construct, plan, beside) ??
        replacedByLayer(plan, versions) ??
        replacedByClash(plan, clashes);
      if (error !== undefined) {
        this.problems.set(construct, [problemOf(plan, error)]);
        continue;
      }
      warnOfLayerVersions(construct, plan, versions);
      warnOfClashes(construct, clashes, versions);
    }
  }
}

/** Whether the construct is still in the app's tree: a removed one (`tryRemoveChild`) keeps its scope. */
const isInTree = (construct: IConstruct): boolean => {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isInTree(scope));
};

/** Whether CDK asks for a stack's bundles. In older CDKs (2.200), a nested stack does not know its parent. */
const isWanted = (stack: Stack): boolean =>
  stack.bundlingRequired || (stack.nestedStackParent !== undefined && isWanted(stack.nestedStackParent));

/** Functions with the same content may have different layers, and exceed the limit with only some of them. */
const keyOf = ({ output, hash }: BundlePlan): string => `${output.path} ${hash.dependencies ?? ''}`;

/**
 * The first of each set of equal items; its bundle gets everything that any of them has beside it. The last item comes
 * first.
 */
const distinct = (items: readonly BatchItem[]): ReadonlyMap<string, BatchItem> => {
  const withSbom = new Set(items.flatMap(({ plan }) => (plan.output.sbom ? keyOf(plan) : [])));
  return new Map(
    [...items].reverse().map((item): readonly [string, BatchItem] => {
      const { plan } = item;
      const key = keyOf(plan);
      const isAsked = withSbom.has(key) && !plan.output.sbom;
      return [key, isAsked ? { ...item, plan: { ...plan, output: { ...plan.output, sbom: true } } } : item];
    }),
  );
};

/**
 * The functions whose imports can be checked: their bundles were made by this library, now or before, or install
 * nothing.
 */
const importing = (
  bundles: readonly QueuedBundle[],
  real: readonly (readonly [IConstruct, BatchItem])[],
  made: ReadonlySet<string>,
): readonly ImportingFunction[] => {
  const isReal = new Set(real.map(([construct]) => construct));
  return bundles.flatMap(({ construct, planned, phase, imports }): ImportingFunction | readonly [] => {
    if (planned._tag === 'Refused' || !isWanted(Stack.of(construct))) return [];
    const sources = imports?.();
    if (sources === undefined) return [];
    const plans = [planned.plan, ...sources.layers];
    // For a later phase, only the store may know the installed modules. If it does not, no warning is given.
    const isMade = isReal.has(construct) || phase === 'publish';
    if (!isMade && plans.some(({ install }) => install !== null)) return [];
    const isNew = plans.some(({ hash }) => made.has(hash.asset));
    return { ...sources, construct, plan: planned.plan, isNew, isMade };
  });
};

type ProblemsOf = (plan: BundlePlan) => readonly Problem[];

const plain = (message: string): Problem => ({ message });

/**
 * The problem of a failed plan. Bundles that are too large because of the same modules have different sizes, but one
 * cause.
 */
const problemOf = (plan: BundlePlan, error: ExecutionError): Problem => {
  const message = showFailure(plan, error);
  const { dependencies } = plan.hash;
  return error._tag === 'TooLarge' && dependencies !== null
    ? { message, cause: JSON.stringify([error._tag, dependencies, error.largest[0]]) }
    : { message };
};

/** Conflicts between a function and its layers, each of which was made. */
const wrongTogether = (
  construct: IConstruct,
  plan: BundlePlan,
  { plans, areCounted }: LayersBeside = { plans: [], areCounted: true },
): ExecutionError | undefined => {
  const target = mayHaveOtherTarget(construct, plan) ? targetInTemplate(construct, plan) : plan.runtime;
  return (
    (target === plan.runtime ? undefined : foreignBundle(plan, target)) ??
    foreignLayer(target, plans) ??
    (areCounted ? undefined : tooLargeTogether(plan, plans))
  );
};

/**
 * Executes plans and gives the problem of each. A user's executor may throw, or return a value that its type forbids.
 *
 * @param made gets the hashes of newly made bundles
 */
const execute = (
  executor: BundleExecutor | undefined,
  items: readonly BatchItem[],
  made: Set<string>,
): ProblemsOf => {
  if (executor === undefined) {
    const reports = runInChild(items);
    for (const { asset, outcome } of reports) if (outcome._tag !== 'Present') made.add(asset);
    return problemsIn(reports);
  }
  try {
    return problemsIn(executor.execute(items.map(({ plan }) => plan)));
  } catch (error) {
    return () => [plain(`The executor failed: ${error instanceof Error ? error.message : String(error)}`)];
  }
};

const problemsIn = (reports: unknown): ProblemsOf => {
  const known = new Map<string, ExecutionReport>();
  const labelled = (asset: string, label: string): string => JSON.stringify([asset, label]);
  for (const report of Array.isArray(reports) ? (reports as readonly ExecutionReport[]) : []) {
    for (const key of [report.asset, labelled(report.asset, report.label)]) {
      if (!known.has(key)) known.set(key, report);
    }
  }
  return (plan) => {
    const { hash, label } = plan;
    const report = known.get(labelled(hash.asset, label)) ?? known.get(hash.asset);
    if (report === undefined) return [plain('The executor gave no report on this function.')];
    return report.outcome._tag === 'Failed' ? [problemOf(plan, report.outcome.error)] : [];
  };
};
