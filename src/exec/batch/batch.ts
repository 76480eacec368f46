import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { notAsDeclared } from '../install/declared-inputs-check';
import type { ExecutionError } from '../errors/execution-error';
import type { ExecutionReport } from './execution-report';
import { storeError } from '../store/file-errors';
import type { OnWait } from '../store/in-turn';
import { handledLater, limiter } from '../files/in-parallel';
import { interruptible, isInterrupted } from '../process/interruptible';
import { targetName } from '../install/install';
import { showInstaller } from '../errors/installer-used';
import type { BundleMade } from '../bundle/make-bundle';
import { makeBundle } from '../bundle/make-bundle';
import { installersOf } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import { partShelf } from '../store/part-shelf';
import { seconds } from '../process/progress';
import type { Provided } from './provide-modules';
import { partsOf } from '../bundle/parts-of';
import { provideModules } from './provide-modules';
import { pruneWhenDue } from '../store/prune';
import { missingBytecode } from '../bundle/required-bytecode';
import type { Store } from '../store/store';
import { showHolder } from '../store/store-lock';
import { removeLeftovers } from './leftovers';
import { nearLimit, sourcesTooLarge } from '../distributions/too-large';
import { unsetAtStart } from './unset-at-start';
import type { World, BatchItem } from './world';

type ProvidedOrNot = E.Either<ExecutionError, Provided>;

/**
 * Runs plans: each distinct set of dependencies is installed once, bundles are made as soon as theirs is there, and one
 * plan's failure stops no other. A report is handed over when it is known, and all are given at the end, in order.
 *
 * @since 0.1.0
 */
export const runBatch = (
  world: World,
  items: readonly BatchItem[],
  onReport: (report: ExecutionReport) => void = () => undefined,
): Promise<readonly ExecutionReport[]> =>
  // What it has started is stopped; what it has made is removed on the way out.
  interruptible(
    () => runAll(world, items, onReport),
    () => Promise.resolve(),
  );

const runAll = async (
  world: World,
  items: readonly BatchItem[],
  onReport: (report: ExecutionReport) => void,
): Promise<readonly ExecutionReport[]> => {
  removeLeftovers(world.store, items);
  const shelf = partShelf(world.store);
  const fault = faultIn(world.store);
  const fitting = items.filter(({ plan }) => sourcesTooLarge(plan) === undefined);
  const provide = provideOnce(world, shelf, fitting);
  const compiled = handledLater(world.compileSources(fitting.map(({ plan }) => plan)));
  const run = async (item: BatchItem): Promise<ExecutionReport> => {
    const started = world.now();
    const tooMuch = sourcesTooLarge(item.plan);
    if (tooMuch !== undefined) return reportOf(item.plan, E.right({ from: 'none' }), E.left(tooMuch), 0);
    const installed = await provide(item).catch(fault);
    // What is wrong with modules in a layer is told of the layer.
    const provided = isBesideLayer(item.plan) ? E.right<never, Provided>({ from: 'none' }) : installed;
    const make = async (): Promise<E.Either<ExecutionError, BundleMade>> => {
      await compiled;
      // What was stopped in between is no failure of its own, nor may a bundle go without what it would have made.
      if (isInterrupted()) return E.left({ _tag: 'Interrupted' });
      return E.isLeft(provided) ? provided : makeFrom(world, shelf, item.plan);
    };
    const made = await make().catch(fault);
    return reportOf(item.plan, provided, made, Math.round(world.now() - started));
  };
  try {
    return await Promise.all(
      items.map(async (item) => {
        const report = await run(item);
        onReport(report);
        return report;
      }),
    );
  } finally {
    world.progress.close();
    pruneWhenDue(world.store, world.places.environment);
  }
};

const isBesideLayer = ({ dependenciesIn }: BundlePlan): boolean => dependenciesIn === 'layer';

/** Putting a bundle together is told of only while it takes long: many megabytes are copied or compressed then. */
const makeFrom = async (
  { store, places, progress, compileSources }: World,
  shelf: PartShelf,
  plan: BundlePlan,
): Promise<E.Either<ExecutionError, BundleMade>> => {
  let note: string | undefined;
  progress.start(plan.output.path, `putting together the bundle of ${plan.label}`);
  try {
    // A terminal is drawn, and a line is written, before what waits for nothing begins.
    await new Promise((resolve) => setImmediate(resolve));
    const parts = partsOf(shelf, plan);
    if (parts === undefined) return E.left({ _tag: 'StoreChanged', path: store.folder });
    // What commands have made of the entry is there only now; it is looked at, whether or not its byte code goes in.
    if (plan.install?.isWhole === true) {
      await compileSources([{ ...plan, bytecode: null }], () => parts.modules);
    }
    const missing = missingBytecode(store, places, plan, parts);
    const made = missing === undefined ? makeBundle(store, plan, parts) : E.left(missing);
    if (E.isRight(made)) note = nearLimit(plan.label, made.right.size, plan.output.maximumSize);
    return made;
  } finally {
    progress.end(plan.output.path, note);
  }
};

/** A fault of the disk, of this library, or of an installer of the caller's own stops no other plan. */
const faultIn =
  (store: Store) =>
  (error: unknown): E.Either<ExecutionError, never> => {
    try {
      return E.left(storeError(error, store));
    } catch {
      const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return E.left({ _tag: 'RunnerFailed', exit: 'a fault of its own', output });
    }
  };

/** The modules of a plan; plans with the same key share one install. */
const provideOnce = (
  world: World,
  shelf: PartShelf,
  items: readonly BatchItem[],
): ((item: BatchItem) => Promise<ProvidedOrNot>) => {
  const underWay = new Map<string, Promise<ProvidedOrNot>>();
  const unset = unsetAtStart(world, items);
  const keyOf = (plan: BundlePlan): string | null => world.store.keysOf(plan).modules;
  const onMachine = limiter(world.parallelism);
  const onBuilders = limiter(world.parallelism * (world.builders ?? 1));
  const begin = async (item: BatchItem): Promise<ProvidedOrNot> => {
    const key = keyOf(item.plan);
    // A function beside whose bundle they lie in a layer has them installed for none but that layer.
    const holders = items.filter(
      ({ plan: holder }) => holder.dependenciesIn === 'bundle' && keyOf(holder) === key,
    );
    const [first] = holders;
    if (first === undefined || key === null || first.plan.install === null) return E.right({ from: 'none' });
    const { plan, environment } = first;
    const other = notAsDeclared(first.plan.install, { ...world.places.environment, ...environment });
    if (other !== undefined) return E.left(other);
    const users = holders.map((holder) => holder.plan);
    const forms = {
      zip: users.some(({ output }) => output.packaging === 'zip'),
      tree: users.some(({ output }) => output.packaging === 'directory'),
    };
    const { install } = first.plan;
    const what = install.isWhole ? BUILDING : INSTALLING;
    const title = `${what.object} of ${plan.label}${users.length > 1 ? ` and ${users.length - 1} more` : ''} for ${targetName(plan)}`;
    const started = world.now();
    world.progress.start(key, `${what.doing} the ${title}`);
    const onWait: OnWait = (holder) => {
      const whom = holder && `waiting for ${showHolder(holder)}, which is `;
      world.progress.end(key);
      world.progress.start(key, `${whom ?? ''}${what.doing} the ${title}`);
    };
    const wanted = { plan, others: users.slice(1), install, key, forms, environment };
    const result = await provideModules(world, shelf, wanted, onWait);
    if (E.isRight(result)) result.right.notes?.forEach((note) => world.progress.end(`${key} note`, note));
    world.progress.end(key, noteOf(result, what.done, title, seconds(world.now() - started)));
    return result;
  };
  return (item) => {
    const key = keyOf(item.plan);
    if (key === null) return begin(item);
    const error = unset.get(key);
    if (error !== undefined) return Promise.resolve(E.left(error));
    const whenItsTurn = item.plan.install?.executor === 'buildkit' ? onBuilders : onMachine;
    const begun = underWay.get(key) ?? whenItsTurn(() => begin(item));
    underWay.set(key, begun);
    return begun;
  };
};

/** What is said of an install, and of a build in which commands of the user's take part. */
const INSTALLING = { doing: 'installing', done: 'installed', object: 'requirements' } as const;
const BUILDING = { doing: 'building', done: 'built', object: 'bundle' } as const;

/** One line for each real install; what the store has is not worth one. */
const noteOf = (result: ProvidedOrNot, done: string, title: string, time: string): string | undefined => {
  if (E.isLeft(result)) return `failed after ${time}: the ${title}`;
  const { from, installers = [] } = result.right;
  const by = [from, ...(installers.length === 0 ? [] : [`(${installers.map(showInstaller).join(', ')})`])];
  return from === 'store' || from === 'none'
    ? undefined
    : `${done} by ${by.join(' ')} in ${time}: the ${title}`;
};

const reportOf = (
  { hash, label, output }: BundlePlan,
  provided: ProvidedOrNot,
  made: E.Either<ExecutionError, BundleMade>,
  duration: number,
): ExecutionReport => ({
  asset: hash.asset,
  label,
  outcome: E.isLeft(made)
    ? { _tag: 'Failed', error: made.left }
    : {
        _tag: 'Bundled',
        path: output.path,
        dependencies: E.isRight(provided) ? provided.right.from : 'none',
        ...installersOf(made.right),
        duration,
      },
});
