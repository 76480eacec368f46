import * as E from 'fp-ts/Either';
import type { Packaging } from '../plan/bundle-request';
import { compileStored } from './compile-stored';
import type { InstallWorld, ModulesWanted } from './dependencies';
import { installModules } from './dependencies';
import type { ExecutionError } from './execution-error';
import { storeError } from './file-errors';
import type { Installed } from './install';
import type { Part } from './part';
import type { PartShelf } from './part-shelf';
import { remakePart } from './remake-part';
import { fetchPart, offerPart } from './shared-part';
import type { PartKind } from './store';

/** Where the modules of a plan came from; `none` where it has none. */
export type ModulesFrom = 'none' | 'store' | Installed['by'];

export interface Provided {
  readonly from: ModulesFrom;
  /** What of an install is worth a line each. @default nothing */
  readonly notes?: readonly string[];
}

const packagings = (forms: ModulesWanted['forms']): readonly Packaging[] => [
  ...(forms.zip ? (['zip'] as const) : []),
  ...(forms.tree ? (['directory'] as const) : []),
];

/**
 * Sees to it that the modules of a set of requirements, and their byte code, lie in the store in every form that a batch
 * wants: found there, made from what is there, or installed.
 */
export const provideModules = async (
  world: InstallWorld,
  shelf: PartShelf,
  wanted: ModulesWanted,
): Promise<E.Either<ExecutionError, Provided>> => {
  const { plan, others = [], key, forms } = wanted;
  const { store } = world;
  const isReady = (kind: PartKind, of: string): boolean =>
    packagings(forms).every((packaging) => shelf.find(kind, of, packaging) !== undefined);
  const notes: string[] = [];
  const tell = (line: string): void => void notes.push(line);
  const fromStore = async (kind: PartKind, of: string): Promise<Part | undefined> => {
    const part = store.part(kind, of) ?? (await fromRemote(kind, of));
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
  try {
    let from: ModulesFrom = 'store';
    if (!isReady('modules', key) && (await fromStore('modules', key)) === undefined) {
      const installed = await installModules(world, wanted);
      [key, plan.hash.bytecode ?? key].forEach(shelf.refresh);
      if (E.isLeft(installed)) return installed;
      ({ from } = installed.right);
      notes.push(...installed.right.notes);
      await offer('modules', key);
      if (plan.hash.bytecode !== null) await offer('bytecode', plan.hash.bytecode);
    }
    // An install has made that of its own plan, or could not.
    for (const user of from === 'store' ? [plan, ...others] : others) {
      const { bytecode } = user.hash;
      if (bytecode === null || isReady('bytecode', bytecode)) continue;
      if ((await fromStore('bytecode', bytecode)) === undefined) {
        await compileStored(world, user, key, bytecode, forms);
        shelf.refresh(bytecode);
        await offer('bytecode', bytecode);
      }
    }
    return E.right({ from, notes });
  } catch (error) {
    return E.left(storeError(error, store));
  }
};
