import * as E from 'fp-ts/Either';
import type { Packaging } from '../plan/bundle-request';
import { compileStored } from './compile-stored';
import type { InstallWorld, ModulesWanted } from './dependencies';
import { installModules } from './dependencies';
import type { ExecutionError } from './execution-error';
import { storeError } from './file-errors';
import type { Part } from './part';
import type { PartShelf } from './part-shelf';
import { remakePart } from './remake-part';
import type { PartKind } from './store';

/** Where the modules of a plan came from; `none` where it has none. */
export type ModulesFrom = 'none' | 'store' | 'host' | 'docker';

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
  const fromStore = async (kind: PartKind, of: string): Promise<Part | undefined> => {
    const part = store.part(kind, of);
    const made = part && (await remakePart(store, kind, of, part, forms));
    shelf.refresh(of);
    return made;
  };
  try {
    let from: ModulesFrom = 'store';
    let notes: readonly string[] = [];
    if (!isReady('modules', key) && (await fromStore('modules', key)) === undefined) {
      const installed = await installModules(world, wanted);
      [key, plan.hash.bytecode ?? key].forEach(shelf.refresh);
      if (E.isLeft(installed)) return installed;
      ({ from, notes } = installed.right);
    }
    // An install has made that of its own plan, or could not.
    for (const user of from === 'store' ? [plan, ...others] : others) {
      const { bytecode } = user.hash;
      if (bytecode === null || isReady('bytecode', bytecode)) continue;
      if ((await fromStore('bytecode', bytecode)) === undefined) {
        await compileStored(world, user, key, bytecode, forms);
        shelf.refresh(bytecode);
      }
    }
    return E.right({ from, notes });
  } catch (error) {
    return E.left(storeError(error, store));
  }
};
