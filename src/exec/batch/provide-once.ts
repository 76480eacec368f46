import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import { showInstaller } from '../errors/installer-used';
import { limiter } from '../files/in-parallel';
import { notAsDeclared } from '../install/declared-inputs-check';
import { targetName } from '../install/install';
import { seconds } from '../process/progress';
import type { OnWait } from '../store/in-turn';
import type { PartShelf } from '../store/part-shelf';
import { showHolder } from '../store/store-lock';
import type { Provided } from './provide-modules';
import { provideModules } from './provide-modules';
import { unsetAtStart } from './unset-at-start';
import type { BatchItem, World } from './world';

/** Provides the modules of a plan. */
export type ProvideModules = (item: BatchItem) => Promise<E.Either<ExecutionError, Provided>>;

/** Provides the modules of plans; plans with the same key share one install. */
export const provideOnce = (world: World, shelf: PartShelf, items: readonly BatchItem[]): ProvideModules => {
  const underWay = new Map<string, Promise<E.Either<ExecutionError, Provided>>>();
  const unset = unsetAtStart(world, items);
  const keyOf = (plan: BundlePlan): string | null => world.store.keysOf(plan).modules;
  const onMachine = limiter(world.parallelism);
  const onBuilders = limiter(world.parallelism * (world.builders ?? 1));
  const begin = async (item: BatchItem): Promise<E.Either<ExecutionError, Provided>> => {
    const key = keyOf(item.plan);
    // If a function's modules are in a layer, they are installed only for that layer.
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
      const waiting = holder && `waiting for ${showHolder(holder)}, which is `;
      world.progress.end(key);
      world.progress.start(key, `${waiting ?? ''}${what.doing} the ${title}`);
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

/** Words for an install, and for a build in which the user's commands take part. */
const INSTALLING = { doing: 'installing', done: 'installed', object: 'requirements' } as const;
const BUILDING = { doing: 'building', done: 'built', object: 'bundle' } as const;

/** One line for each real install; modules from the store get no line. */
const noteOf = (
  result: E.Either<ExecutionError, Provided>,
  done: string,
  title: string,
  time: string,
): string | undefined => {
  if (E.isLeft(result)) return `failed after ${time}: the ${title}`;
  const { from, installers = [] } = result.right;
  const by = [from, ...(installers.length === 0 ? [] : [`(${installers.map(showInstaller).join(', ')})`])];
  return from === 'store' || from === 'none'
    ? undefined
    : `${done} by ${by.join(' ')} in ${time}: the ${title}`;
};
