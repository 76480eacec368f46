import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleParts } from '../bundle/bundle-content';
import { bytecodeGroups, uncompiled, withoutBytecode } from '../bytecode/bytecode-groups';
import type { ExecutionReport } from './execution-report';
import type { InterpreterPlaces } from '../machine/interpreter';
import type { Interpreters } from '../bytecode/interpreters';
import { isInterpreterKnown, liveInterpreters } from '../bytecode/interpreters';
import type { BytecodeMade } from '../bundle/make-bundle';
import { makeBundle, takeBundle } from '../bundle/make-bundle';
import type { Part } from '../store/part';
import { installersOf, sizeOfPart } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import { partShelf } from '../store/part-shelf';
import { isPresent } from '../bundle/bundle-is-current';
import { partsOf } from '../bundle/parts-of';
import { sayLine } from '../process/progress';
import { bytesOfBytecode, compileJobs, compileSources, isCompiled } from '../bytecode/source-bytecode';
import type { Store } from '../store/store';
import { nearLimit } from '../distributions/too-large';
import type { BatchItem } from './world';

/** Most bytes of own files to compress while a synthesis waits. The process with progress makes larger bundles. */
const MOST_SOURCES = 16 * 1024 * 1024;

type Outcome = ExecutionReport['outcome'];

/**
 * Settles the plans that need no installer: their bundles are in place, finished in the store, or their modules are in
 * the store. At most one process per Python version starts, and only to compile new modules of the user (the first time
 * also to find that Python). The answer lacks plans that could not be settled, for whatever reason.
 */
export const settleBundles = (
  store: Store,
  places: InterpreterPlaces,
  items: readonly BatchItem[],
  tell: (line: string) => void = sayLine,
): ReadonlyMap<BatchItem, Outcome> => {
  const settled = new Map<BatchItem, Outcome>();
  const shelf = partShelf(store);
  const interpreters = liveInterpreters(store.folder, places);
  const toMake: { readonly item: BatchItem; readonly parts: BundleParts }[] = [];
  const toInstall = new Set<string | null>();
  for (const item of layersFirst(items)) {
    const { plan } = item;
    // Whether a function fits beside its layer is known only after the layer is installed.
    const keys = store.keysOf(plan);
    if (plan.dependenciesIn === 'layer' && toInstall.has(keys.modules)) continue;
    const fits = fitsBeside(store, shelf, plan);
    if (fits && isPresent(plan, keys.content)) {
      settled.set(item, { _tag: 'Present', path: plan.output.path });
      continue;
    }
    // If modules must be installed, the process that installs looks for Python meanwhile.
    const parts = partsOf(shelf, plan);
    const mayAsk = parts !== undefined || isInterpreterKnown(store.folder, places, plan);
    const made = mayAsk ? bytecodeAtHand(store, shelf, interpreters, plan) : undefined;
    const started = performance.now();
    if (made !== undefined && fits && attempt(() => takeBundle(store, plan, made, parts)) === true) {
      settled.set(item, bundled(plan, started, parts?.modules));
    } else if (parts === undefined) toInstall.add(keys.modules);
    else if (made !== undefined && fits && isQuick(store, plan)) toMake.push({ item, parts });
  }
  compileAll(store, interpreters, toMake, tell);
  for (const { item, parts } of toMake) {
    const started = performance.now();
    const made = attempt(() => makeBundle(store, item.plan, parts));
    if (made === undefined || E.isLeft(made)) continue;
    settled.set(item, bundled(item.plan, started, parts.modules));
    const note = nearLimit(item.plan.label, made.right.size, item.plan.output.maximumSize);
    if (note !== undefined) tell(note);
  }
  return settled;
};

/** Plans whose bundles have modules come before functions whose modules are in a layer. */
const layersFirst = (items: readonly BatchItem[]): readonly BatchItem[] => [
  ...items.filter(({ plan }) => plan.dependenciesIn === 'bundle'),
  ...items.filter(({ plan }) => plan.dependenciesIn === 'layer'),
];

/**
 * Whether a function is small enough beside the layer of its dependencies, as far as the layer is in the store. That
 * there is a bundle proves nothing: the layer may have changed since.
 */
const fitsBeside = (store: Store, shelf: PartShelf, plan: BundlePlan): boolean => {
  if (plan.dependenciesIn === 'bundle') return true;
  const beside = partsOf(shelf, plan)?.beside ?? [];
  const own = plan.sources.reduce((sum, { size }) => sum + size, 0) + bytesOfBytecode(store, plan);
  return beside.reduce((sum, part) => sum + sizeOfPart(part), own) <= plan.output.maximumSize;
};

/** After a failure here, the process that makes the remaining bundles tries again and reports the error. */
const attempt = <A>(run: () => A): A | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

const bundled = (
  { hash, output, dependenciesIn }: BundlePlan,
  started: number,
  modules: Part | null = null,
): Outcome => ({
  _tag: 'Bundled',
  path: output.path,
  dependencies: hash.dependencies === null || dependenciesIn === 'layer' ? 'none' : 'store',
  ...installersOf(modules ?? {}),
  duration: Math.round(performance.now() - started),
});

/** The bytecode that a bundle can have without an install; undefined if something must be found out or made first. */
const bytecodeAtHand = (
  store: Store,
  shelf: PartShelf,
  interpreters: Interpreters,
  plan: BundlePlan,
): BytecodeMade | undefined => {
  const { bytecode, output, runtime, dependenciesIn } = plan;
  const key = shelf.keysOf(plan).bytecode;
  if (bytecode === null) return { modules: false, sources: false };
  const canCompile = interpreters(runtime.python, bytecode) !== undefined;
  const sources = canCompile || isCompiled(store, plan);
  if (key === null || dependenciesIn === 'layer') {
    return sources || bytecode.mode === 'auto' ? { modules: false, sources } : undefined;
  }
  const modules = shelf.find('bytecode', key, output.packaging) !== undefined;
  const isEnough = bytecode.mode === 'auto' ? modules || !canCompile : modules && sources;
  return isEnough ? { modules, sources } : undefined;
};

/** Whether a bundle is made in no time: own files are small, and a folder's files can be linked. */
const isQuick = (store: Store, { output, sources }: BundlePlan): boolean =>
  sources.reduce((sum, { size }) => sum + size, 0) <= MOST_SOURCES &&
  (output.packaging === 'zip' || isOneDisk(store.folder, path.dirname(output.path)));

const isOneDisk = (a: string, b: string): boolean => diskOf(a) === diskOf(b);

/** The device number of a folder's disk, even if the folder does not exist yet. */
const diskOf = (folder: string): number | undefined => {
  const parent = path.dirname(folder);
  const stats = attempt(() => fs.statSync(folder, { throwIfNoEntry: false }));
  return stats?.dev ?? (parent === folder ? undefined : diskOf(parent));
};

/** Compiles new modules of plans, with one process per Python version; a line names a version without a Python. */
const compileAll = (
  store: Store,
  interpreters: Interpreters,
  toMake: readonly { readonly item: BatchItem; readonly parts: BundleParts }[],
  tell: (line: string) => void,
): void => {
  const built = new Map(toMake.map(({ item, parts }) => [item.plan, parts.modules]));
  const groups = bytecodeGroups([...built.keys()], (plan) => built.get(plan) ?? null);
  for (const { bytecode, python, plans: users, jobs: all } of groups) {
    const executable = interpreters(python, bytecode);
    const jobs = uncompiled(store, all);
    if (executable === undefined) {
      if (uncompiled(store, users.flatMap(compileJobs)).length > 0) tell(withoutBytecode(python));
    } else attempt(() => compileSources(store, executable, bytecode.tag, jobs));
  }
};
