import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { Installed } from '../install/install';
import { composeBytecode } from '../parts/compose-bytecode';
import { composeModules } from '../parts/compose-modules';
import { installApart } from '../parts/install-apart';
import type { InstallWorld, ModulesWanted } from '../parts/install-modules';
import type { PieceKeys } from '../parts/module-pieces';
import { isInterrupted } from '../process/interruptible';
import { storeError } from '../store/file-errors';
import type { OnWait } from '../store/in-turn';
import { inTurn } from '../store/in-turn';
import type { Part } from '../store/part';
import { installersOf } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import { compileStored } from './compile-stored';
import type { PartSources } from './part-sources';
import { partSources } from './part-sources';

/** The origin of a plan's modules; `none` if it has no modules. */
type ModulesFrom = 'none' | 'store' | Installed['by'];

export interface Provided extends Pick<Part, 'installers'> {
  readonly from: ModulesFrom;
  /** Lines of advice about the install. @default - none */
  readonly notes?: readonly string[];
}

/** Modules that are in the store now. */
interface Found {
  readonly from: ModulesFrom;
  /** The pieces from which the modules were joined, or into which they were taken apart. */
  readonly pieces?: PieceKeys;
  /** Whether the store may lack bytecode that could be compiled. An install compiles its modules if possible. */
  readonly lacksBytecode: boolean;
}

const IN_STORE: Found = { from: 'store', lacksBytecode: true };

/** Everything that the steps of one provision share. */
interface Provision {
  readonly world: InstallWorld;
  readonly wanted: ModulesWanted;
  readonly sources: PartSources;
  readonly shelf: PartShelf;
  readonly onWait: OnWait;
  readonly note: (line: string) => void;
}

/**
 * Puts the modules of a set of requirements, and their bytecode, into the store in every form that the batch wants.
 * They are found there, joined from parts, or installed. If several processes want the same modules, one of them makes
 * them.
 */
export const provideModules = async (
  world: InstallWorld,
  shelf: PartShelf,
  wanted: ModulesWanted,
  onWait: OnWait = () => undefined,
): Promise<E.Either<ExecutionError, Provided>> => {
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const sources = partSources(world, shelf, wanted.forms, note);
  const provision: Provision = { world, wanted, sources, shelf, onWait, note };
  try {
    const found = await findOrMakeModules(provision);
    if (E.isLeft(found)) return found;
    await offerNew(provision, found.right);
    await provideBytecode(provision, found.right);
    const { from } = found.right;
    const installers = from === 'store' ? {} : installersOf(shelf.list('modules', wanted.key) ?? {});
    return E.right({ from, notes, ...installers });
  } catch (error) {
    return E.left(storeError(error, world.store));
  }
};

const findOrMakeModules = async (provision: Provision): Promise<E.Either<ExecutionError, Found>> => {
  const { world, wanted, sources, onWait } = provision;
  const find = async (): Promise<E.Either<never, Found> | undefined> =>
    (await sources.fromStore('modules', wanted.key)) && E.right(IN_STORE);
  if (sources.isReady('modules', wanted.key)) return E.right(IN_STORE);
  return (
    (await find()) ??
    (await inTurn(world.store, wanted.key, { find, make: () => makeModules(provision), onWait }))
  );
};

/** Copies modules from the shared store, joins them from parts of the store, or installs them. */
const makeModules = async ({
  world,
  wanted,
  sources,
  shelf,
  onWait,
  note,
}: Provision): Promise<E.Either<ExecutionError, Found>> => {
  const { plan, key } = wanted;
  if (isInterrupted()) return E.left({ _tag: 'Interrupted' });
  if ((await sources.fromShared('modules', key)) !== undefined) return E.right(IN_STORE);
  const composed = await composeModules(world, wanted, onWait);
  if (composed !== undefined) {
    shelf.refresh(key);
    [...composed.notes, ...reinstalled(composed.installed, plan)].forEach(note);
    return E.right({ from: composed.by, pieces: composed.pieces, lacksBytecode: true });
  }
  const installed = await installApart(world, wanted, onWait);
  [key, bytecodeOf(world, plan) ?? key].forEach(shelf.refresh);
  if (E.isLeft(installed)) return installed;
  const { from, notes, pieces, isComposed } = installed.right;
  notes.forEach(note);
  return E.right({ from, ...(pieces && { pieces }), lacksBytecode: isComposed });
};

/** The line about local packages that were installed alone. */
const reinstalled = (names: readonly string[], { label }: BundlePlan): readonly string[] =>
  names.length === 0
    ? []
    : [`only ${names.join(', ')} was installed again for ${label}: the other modules are in the store`];

const bytecodeOf = ({ store }: InstallWorld, plan: BundlePlan): string | null => store.keysOf(plan).bytecode;

const offerNew = async ({ world, wanted, sources }: Provision, { from }: Found): Promise<void> => {
  if (from === 'store') return;
  await sources.offer('modules', wanted.key);
  const bytecode = bytecodeOf(world, wanted.plan);
  if (bytecode !== null) await sources.offer('bytecode', bytecode);
};

const provideBytecode = async (provision: Provision, found: Found): Promise<void> => {
  const { world, wanted, sources, onWait } = provision;
  const { plan, others = [], key } = wanted;
  for (const user of found.lacksBytecode ? [plan, ...others] : others) {
    const bytecode = bytecodeOf(world, user);
    if (bytecode === null || sources.isReady('bytecode', bytecode)) continue;
    if ((await sources.fromStore('bytecode', bytecode)) !== undefined) continue;
    // Bytecode has the same lock as the modules: the process that installed them compiles them as well.
    const isNew = await inTurn(world.store, key, {
      find: async () => ((await sources.fromStore('bytecode', bytecode)) === undefined ? undefined : false),
      make: () => makeBytecode(provision, found, user, bytecode),
      onWait,
    });
    if (isNew) await sources.offer('bytecode', bytecode);
  }
};

/** Whether the bytecode was made here. */
const makeBytecode = async (
  { world, wanted: { key, forms }, sources, shelf }: Provision,
  { pieces }: Found,
  user: BundlePlan,
  bytecode: string,
): Promise<boolean> => {
  if (isInterrupted() || (await sources.fromShared('bytecode', bytecode)) !== undefined) return false;
  if (pieces === undefined || !(await composeBytecode(world, user, pieces, bytecode, forms)))
    await compileStored(world, user, key, bytecode, forms);
  shelf.refresh(bytecode);
  return true;
};
