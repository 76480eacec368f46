import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { Packaging } from '../plan/bundle-request';
import type { BundleParts } from './bundle-content';
import { compileStored } from './compile-stored';
import type { InstallWorld, ModulesWanted } from './dependencies';
import { installModules } from './dependencies';
import type { ExecutionError } from './execution-error';
import { fileError } from './file-errors';
import type { Part } from './part';
import type { PartShelf } from './part-shelf';
import { remakePart } from './remake-part';
import type { PartKind } from './store';

/** Where the modules of a plan came from; `none` where it has none. */
export type ModulesFrom = 'none' | 'store' | 'host' | 'docker';

export interface Provided {
  readonly from: ModulesFrom;
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
  const { plan, key, forms } = wanted;
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
    if (!isReady('modules', key) && (await fromStore('modules', key)) === undefined) {
      const installed = await installModules(world, wanted);
      [key, plan.hash.bytecode ?? key].forEach(shelf.refresh);
      return E.isLeft(installed) ? installed : E.right({ from: installed.right.from });
    }
    const { bytecode } = plan.hash;
    if (bytecode !== null && !isReady('bytecode', bytecode)) {
      if ((await fromStore('bytecode', bytecode)) === undefined) {
        await compileStored(world, plan, key, bytecode, forms);
        shelf.refresh(bytecode);
      }
    }
    return E.right({ from: 'store' });
  } catch (error) {
    return E.left(fileError(error, store.temporaries));
  }
};

/** The parts of a plan as they are in the store; undefined where its modules are not. */
export const partsOf = (shelf: PartShelf, { hash, output }: BundlePlan): BundleParts | undefined => {
  if (hash.dependencies === null) return { modules: null, bytecode: null };
  const modules = shelf.find('modules', hash.dependencies, output.packaging);
  if (modules === undefined) return undefined;
  const bytecode =
    hash.bytecode === null ? undefined : shelf.find('bytecode', hash.bytecode, output.packaging);
  return { modules, bytecode: bytecode ?? null };
};
