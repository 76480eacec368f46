import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallWorld } from './install-modules';
import { joinParts, selected } from './join-parts';
import { localBytecode } from './local-bytecode';
import { ownershipOf } from '../distributions/local-distributions';
import type { PartForms } from './make-part';
import type { PieceKeys } from './module-pieces';
import { newFolder, pieceBytecode, pieceFrom } from './module-pieces';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import type { TakenPieces } from './take-apart';
import { sourceOf } from '../distributions/unused-bytecode';

/**
 * Joins the bytecode of modules from the bytecode of their pieces, and compiles local packages whose bytecode the store
 * lacks. The answer is `false` if that is not possible: then all modules are compiled.
 */
export const composeBytecode = async (
  world: InstallWorld,
  plan: BundlePlan,
  { others, locals }: PieceKeys,
  key: string,
  forms: PartForms,
): Promise<boolean> => {
  const { store } = world;
  return store.temporary(async (temporary) => {
    const of = pieceBytecode(plan, others);
    const rest = of === undefined ? undefined : await pieceFrom(store, 'bytecode', of, forms);
    if (rest === undefined) return false;
    const own: Part[] = [];
    for (const local of locals) {
      const made = await localBytecode(world, plan, local, forms, temporary);
      if (made === undefined) return false;
      own.push(made);
    }
    const all = [rest, ...own].map((part) => selected(part, () => true));
    const joined = joinParts(all, newFolder(temporary, 'joined'), forms);
    if (joined === undefined) return false;
    store.addPart('bytecode', key, joined);
    return true;
  });
};

/** Takes bytecode apart into the same pieces as its modules. */
export const takeBytecodeApart = async (
  { store }: InstallWorld,
  plan: BundlePlan,
  { others, locals, kept }: TakenPieces,
  modules: Part,
  bytecode: Part,
): Promise<void> => {
  const owners = ownershipOf(
    treeOf(modules),
    locals.map(({ part }) => part),
  );
  if (owners === undefined) return;
  await store.temporary((temporary) => {
    const forms = { zip: bytecode.zip !== null, tree: bytecode.own };
    const add = (piece: string, isWanted: (source: string) => boolean): void => {
      const key = pieceBytecode(plan, piece);
      if (key === undefined) return;
      const files = selected(bytecode, (file) => isWanted(sourceOf(file)));
      const made = joinParts([files], newFolder(temporary, key), forms);
      if (made !== undefined) store.addPart('bytecode', key, made);
    };
    kept.forEach(({ part, key }) => add(key, (file) => owners.isOf(part, file)));
    add(others, owners.isOther);
    return Promise.resolve();
  });
};
