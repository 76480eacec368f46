import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { Packaging } from '../../plan/request/bundle-request';
import { composeBytecode } from '../parts/compose-bytecode';
import { composeModules } from '../parts/compose-modules';
import { compileStored } from './compile-stored';
import type { InstallWorld, ModulesWanted } from '../parts/install-modules';
import { installApart } from '../parts/install-apart';
import type { ExecutionError } from '../errors/execution-error';
import { storeError } from '../store/file-errors';
import type { OnWait } from '../store/in-turn';
import { inTurn } from '../store/in-turn';
import { isInterrupted } from '../process/interruptible';
import type { Installed } from '../install/install';
import type { PieceKeys } from '../parts/module-pieces';
import type { Part } from '../store/part';
import { installersOf } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import { remakePart } from '../parts/remake-part';
import { fetchPart, offerPart } from '../parts/shared-part';
import type { PartKind } from '../store/store';

/** Where the modules of a plan came from; `none` where it has none. */
type ModulesFrom = 'none' | 'store' | Installed['by'];

export interface Provided extends Pick<Part, 'installers'> {
  readonly from: ModulesFrom;
  /** What of an install is worth a line each. @default nothing */
  readonly notes?: readonly string[];
}

type Found = E.Either<ExecutionError, ModulesFrom>;

const FROM_STORE: E.Either<never, ModulesFrom> = E.right('store');

const packagings = (forms: ModulesWanted['forms']): readonly Packaging[] => [
  ...(forms.zip ? (['zip'] as const) : []),
  ...(forms.tree ? (['directory'] as const) : []),
];

/** What is said where local packages alone were installed. */
const reinstalled = (names: readonly string[], { label }: BundlePlan): readonly string[] =>
  names.length === 0
    ? []
    : [`only ${names.join(', ')} was installed again for ${label}: the other modules are in the store`];

/**
 * Sees to it that the modules of a set of requirements, and their byte code, lie in the store in every form that a batch
 * wants: found there, made from what is there, or installed. Of several processes that want the same, one makes it.
 */
export const provideModules = async (
  world: InstallWorld,
  shelf: PartShelf,
  wanted: ModulesWanted,
  onWait: OnWait = () => undefined,
): Promise<E.Either<ExecutionError, Provided>> => {
  const { plan, others = [], key, forms } = wanted;
  const { store } = world;
  const bytecodeOf = (user: BundlePlan): string | null => store.keysOf(user).bytecode;
  const ownBytecode = bytecodeOf(plan);
  const isReady = (kind: PartKind, of: string): boolean =>
    packagings(forms).every((packaging) => shelf.find(kind, of, packaging) !== undefined);
  const notes: string[] = [];
  let pieces: PieceKeys | undefined;
  let isComposed = false;
  const tell = (line: string): void => void notes.push(line);
  const fromStore = async (kind: PartKind, of: string): Promise<Part | undefined> => {
    const part = store.part(kind, of);
    const made = part && (await remakePart(store, kind, of, part, forms));
    shelf.refresh(of);
    return made;
  };
  const fromRemote = async (kind: PartKind, of: string): Promise<Part | undefined> => {
    const part = world.remote && (await fetchPart(world.remote, store, kind, of, tell));
    if (part !== undefined && kind === 'modules')
      tell(`taken from the shared store ${world.remote?.name ?? ''}`);
    return part;
  };
  const offer = async (kind: PartKind, of: string): Promise<void> => {
    const part = world.remote && store.part(kind, of);
    if (world.remote && part) await offerPart(world.remote, kind, of, part, tell);
  };
  const fromElsewhere = async (kind: PartKind, of: string): Promise<Part | undefined> =>
    (await fromRemote(kind, of)) && fromStore(kind, of);
  const modulesFromStore = async (): Promise<Found | undefined> =>
    (await fromStore('modules', key)) && FROM_STORE;
  const makeModules = async (): Promise<Found> => {
    if (isInterrupted()) return E.left({ _tag: 'Interrupted' });
    if ((await fromElsewhere('modules', key)) !== undefined) return FROM_STORE;
    const composed = await composeModules(world, wanted, onWait);
    if (composed !== undefined) {
      pieces = composed.pieces;
      isComposed = true;
      shelf.refresh(key);
      notes.push(...composed.notes, ...reinstalled(composed.installed, plan));
      return E.right(composed.by);
    }
    const installed = await installApart(world, wanted, onWait);
    [key, ownBytecode ?? key].forEach(shelf.refresh);
    if (E.isLeft(installed)) return installed;
    ({ pieces, isComposed } = installed.right);
    notes.push(...installed.right.notes);
    return E.right(installed.right.from);
  };
  const makeBytecode = async (user: BundlePlan, of: string): Promise<boolean> => {
    if (isInterrupted() || (await fromElsewhere('bytecode', of)) !== undefined) return false;
    if (pieces === undefined || !(await composeBytecode(world, user, pieces, of, forms)))
      await compileStored(world, user, key, of, forms);
    shelf.refresh(of);
    return true;
  };
  try {
    const found =
      isReady('modules', key) || (await fromStore('modules', key)) !== undefined
        ? FROM_STORE
        : await inTurn(store, key, { find: modulesFromStore, make: makeModules, onWait });
    if (E.isLeft(found)) return found;
    const from = found.right;
    if (from !== 'store') {
      await offer('modules', key);
      if (ownBytecode !== null) await offer('bytecode', ownBytecode);
    }
    // An install of all has made that of its own plan, or could not.
    for (const user of from === 'store' || isComposed ? [plan, ...others] : others) {
      const bytecode = bytecodeOf(user);
      if (bytecode === null || isReady('bytecode', bytecode)) continue;
      if ((await fromStore('bytecode', bytecode)) !== undefined) continue;
      // Under the lock of the modules: their byte code comes after them, by whoever has just installed them.
      const isNew = await inTurn(store, key, {
        find: async () => ((await fromStore('bytecode', bytecode)) === undefined ? undefined : false),
        make: () => makeBytecode(user, bytecode),
        onWait,
      });
      if (isNew) await offer('bytecode', bytecode);
    }
    return E.right({
      from,
      notes,
      ...(from === 'store' ? {} : installersOf(shelf.list('modules', key) ?? {})),
    });
  } catch (error) {
    return E.left(storeError(error, store));
  }
};
