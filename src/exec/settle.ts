import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { BatchItem } from './batch';
import type { BundleParts } from './bundle-content';
import type { ExecutionReport } from './execution-report';
import type { InterpreterPlaces, KnownInterpreter } from './interpreter';
import { candidateInterpreters, knownInterpreter } from './interpreter';
import type { BytecodeMade } from './make-bundle';
import { makeBundle, takeBundle } from './make-bundle';
import type { PartShelf } from './part-shelf';
import { partShelf } from './part-shelf';
import { isPresent } from './present';
import { partsOf } from './provide';
import { compileJobs, compileSources, isCompiled, storedBytecode } from './source-bytecode';
import type { Store } from './store';

/** Own files that are compressed while a synthesis waits, in bytes; more than that is made where progress is shown. */
const MOST_SOURCES = 16 * 1024 * 1024;

type Outcome = ExecutionReport['outcome'];

/**
 * Settles, without starting an installer, what can be: bundles that are there, that lie finished in the store, or whose
 * modules do. At most one process a Python version is started, and only to compile modules of the user's that are new. What
 * is not settled, for whatever reason, is left out of the answer.
 */
export const settle = (
  store: Store,
  places: InterpreterPlaces,
  items: readonly BatchItem[],
): ReadonlyMap<BatchItem, Outcome> => {
  const settled = new Map<BatchItem, Outcome>();
  const shelf = partShelf(store);
  const known = interpretersOf(store, places);
  const toMake: { readonly item: BatchItem; readonly parts: BundleParts }[] = [];
  for (const item of items) {
    const { plan } = item;
    if (isPresent(plan)) {
      settled.set(item, { _tag: 'Present', path: plan.output.path });
      continue;
    }
    const made = bytecodeAtHand(store, shelf, plan, known(plan));
    if (made === undefined) continue;
    const started = performance.now();
    if (attempt(() => takeBundle(store, plan, made)) === true) {
      settled.set(item, bundled(plan, started));
      continue;
    }
    const parts = partsOf(shelf, plan);
    if (parts !== undefined && isQuick(store, plan)) toMake.push({ item, parts });
  }
  compileAll(
    store,
    known,
    toMake.map(({ item }) => item.plan),
  );
  for (const { item, parts } of toMake) {
    const started = performance.now();
    const made = attempt(() => makeBundle(store, item.plan, parts));
    if (made !== undefined && E.isRight(made)) settled.set(item, bundled(item.plan, started));
  }
  return settled;
};

/** What fails here is tried again, and told, by the process that makes what is left. */
const attempt = <A>(run: () => A): A | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

const bundled = ({ hash, output }: BundlePlan, started: number): Outcome => ({
  _tag: 'Bundled',
  path: output.path,
  dependencies: hash.dependencies === null ? 'none' : 'store',
  duration: Math.round(performance.now() - started),
});

type Known = (plan: BundlePlan) => KnownInterpreter | undefined;

const interpretersOf = (store: Store, places: InterpreterPlaces): Known => {
  const answers = new Map<string, KnownInterpreter | undefined>();
  return ({ bytecode, runtime }) => {
    if (bytecode === null) return undefined;
    if (!answers.has(bytecode.tag)) {
      const candidates = candidateInterpreters(runtime.python, places);
      answers.set(bytecode.tag, knownInterpreter(store.folder, bytecode.tag, candidates));
    }
    return answers.get(bytecode.tag);
  };
};

/** Which byte code a bundle can have without an install; undefined where more must be found out, or made, first. */
const bytecodeAtHand = (
  store: Store,
  shelf: PartShelf,
  plan: BundlePlan,
  known: KnownInterpreter | undefined,
): BytecodeMade | undefined => {
  const { bytecode, hash, output } = plan;
  if (bytecode === null) return { modules: false, sources: false };
  if (known === undefined) return undefined;
  const canCompile = known.executable !== null;
  const sources = canCompile || isCompiled(store, plan);
  if (hash.bytecode === null) {
    return sources || bytecode.mode === 'auto' ? { modules: false, sources } : undefined;
  }
  const modules = shelf.find('bytecode', hash.bytecode, output.packaging) !== undefined;
  const isEnough = bytecode.mode === 'auto' ? modules || !canCompile : modules && sources;
  return isEnough ? { modules, sources } : undefined;
};

/** Whether a bundle is made in no time: little to compress, or files that can be linked. */
const isQuick = (store: Store, { output, sources }: BundlePlan): boolean =>
  sources.reduce((sum, { size }) => sum + size, 0) <= MOST_SOURCES &&
  (output.packaging === 'zip' || isOneDisk(store.folder, path.dirname(output.path)));

const isOneDisk = (a: string, b: string): boolean => diskOf(a) === diskOf(b);

/** The number of the disk that a folder is on, or will be. */
const diskOf = (folder: string): number | undefined => {
  const parent = path.dirname(folder);
  return (
    fs.statSync(folder, { throwIfNoEntry: false })?.dev ?? (parent === folder ? undefined : diskOf(parent))
  );
};

const compileAll = (store: Store, known: Known, plans: readonly BundlePlan[]): void => {
  const tags = new Map(plans.flatMap((plan) => (plan.bytecode === null ? [] : [[plan.bytecode.tag, plan]])));
  for (const [tag, plan] of tags) {
    const executable = known(plan)?.executable;
    if (executable === undefined || executable === null) continue;
    const jobs = plans
      .filter(({ bytecode }) => bytecode?.tag === tag)
      .flatMap(compileJobs)
      .filter((job) => storedBytecode(store, job) === undefined);
    attempt(() => {
      compileSources(store, executable, tag, jobs);
    });
  }
};
