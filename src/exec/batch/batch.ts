import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleMade } from '../bundle/make-bundle';
import { sourcesTooLarge } from '../distributions/too-large';
import type { ExecutionError } from '../errors/execution-error';
import { handledLater } from '../files/in-parallel';
import { interruptible, isInterrupted } from '../process/interruptible';
import { storeError } from '../store/file-errors';
import { installersOf } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import { partShelf } from '../store/part-shelf';
import { pruneWhenDue } from '../store/prune';
import type { Store } from '../store/store';
import type { ExecutionReport } from './execution-report';
import { removeLeftovers } from './leftovers';
import { makeFromParts } from './make-from-parts';
import type { Provided } from './provide-modules';
import type { ProvideModules } from './provide-once';
import { provideOnce } from './provide-once';
import type { BatchItem, World } from './world';

/**
 * Runs plans. Each distinct set of dependencies is installed once, and a bundle is made as soon as its set is
 * installed. One plan's failure stops no other. `onReport` gets each report at once; the result has all reports in the
 * order of the items.
 *
 * @since 0.1.0
 */
export const runBatch = (
  world: World,
  items: readonly BatchItem[],
  onReport: (report: ExecutionReport) => void = () => undefined,
): Promise<readonly ExecutionReport[]> =>
  // An interrupt stops the processes that were started; each step removes its own temporary files.
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
  const fitting = items.filter(({ plan }) => sourcesTooLarge(plan) === undefined);
  const batch: Batch = {
    world,
    shelf,
    provide: provideOnce(world, shelf, fitting),
    compiled: handledLater(world.compileSources(fitting.map(({ plan }) => plan))),
  };
  try {
    return await Promise.all(
      items.map(async (item) => {
        const report = await reportOn(batch, item);
        onReport(report);
        return report;
      }),
    );
  } finally {
    world.progress.close();
    pruneWhenDue(world.store, world.places.environment);
  }
};

/** Everything that the plans of a batch share. */
interface Batch {
  readonly world: World;
  readonly shelf: PartShelf;
  readonly provide: ProvideModules;
  /** Settled when the edited sources of all plans are compiled. */
  readonly compiled: Promise<unknown>;
}

interface Made {
  readonly provided: Provided;
  readonly made: BundleMade;
}

/** Provides the modules of one plan, waits for its compiled sources, and makes the bundle from both. */
const makeOne = (batch: Batch, item: BatchItem): TE.TaskEither<ExecutionError, Made> => {
  const { world, shelf, compiled } = batch;
  return pipe(
    TE.fromEither(sourcesFit(item.plan)),
    TE.chain(() => modulesFor(batch, item)),
    TE.chainFirst(() => withoutFaults(world.store, async () => E.right(await compiled))),
    unlessInterrupted,
    TE.bindTo('provided'),
    TE.bind('made', () => withoutFaults(world.store, () => makeFromParts(world, shelf, item.plan))),
  );
};

const NO_MODULES: Provided = { from: 'none' };

/** Provides the modules. The bundle beside a layer contains no modules, and only waits for those of the layer. */
const modulesFor = ({ world, provide }: Batch, item: BatchItem): TE.TaskEither<ExecutionError, Provided> => {
  const provided = withoutFaults(world.store, () => provide(item));
  return isBesideLayer(item.plan) ? () => provided().then(() => E.right(NO_MODULES)) : provided;
};

/** If the modules are in a layer, the layer reports their errors. */
const isBesideLayer = ({ dependenciesIn }: BundlePlan): boolean => dependenciesIn === 'layer';

const sourcesFit = (plan: BundlePlan): E.Either<ExecutionError, void> => {
  const tooLarge = sourcesTooLarge(plan);
  return tooLarge === undefined ? E.right(undefined) : E.left(tooLarge);
};

/** An interrupted step did not fail by itself, and no bundle may be made without its result. */
const unlessInterrupted =
  <A>(task: TE.TaskEither<ExecutionError, A>): TE.TaskEither<ExecutionError, A> =>
  async () => {
    const result = await task();
    return isInterrupted() ? E.left({ _tag: 'Interrupted' }) : result;
  };

/** Turns an exception of the disk, this library or a caller's installer into an error, which stops no other plan. */
const withoutFaults =
  <A>(store: Store, work: () => Promise<E.Either<ExecutionError, A>>): TE.TaskEither<ExecutionError, A> =>
  () =>
    work().catch((error: unknown) => E.left(faultOf(error, store)));

const faultOf = (error: unknown, store: Store): ExecutionError => {
  try {
    return storeError(error, store);
  } catch {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { _tag: 'RunnerFailed', exit: 'a fault of its own', output };
  }
};

/** Makes one bundle, and reports the outcome. */
const reportOn = (batch: Batch, item: BatchItem): Promise<ExecutionReport> => {
  const { hash, label, output } = item.plan;
  const { now } = batch.world;
  const started = now();
  const run = pipe(
    makeOne(batch, item),
    TE.match(
      (error): ExecutionReport['outcome'] => ({ _tag: 'Failed', error }),
      ({ provided, made }): ExecutionReport['outcome'] => ({
        _tag: 'Bundled',
        path: output.path,
        dependencies: provided.from,
        ...installersOf(made),
        duration: Math.round(now() - started),
      }),
    ),
    T.map((outcome) => ({ asset: hash.asset, label, outcome })),
  );
  return run();
};
