import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallWorld } from './install-modules';
import type { PartForms } from './make-part';
import { joinParts, selected } from './join-parts';
import type { Ownership } from '../distributions/local-distributions';
import { makePart } from './make-part';
import type { LocalPiece } from './module-pieces';
import { newFolder, pieceBytecode, pieceFrom } from './module-pieces';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import { sourceOf } from '../distributions/unused-bytecode';

/**
 * Finds or compiles the bytecode of a local package of the store. Undefined if neither is possible.
 *
 * @param temporary absolute path of a folder to work in
 */
export const localBytecode = async (
  { store, compile }: InstallWorld,
  plan: BundlePlan,
  { key }: LocalPiece,
  forms: PartForms,
  temporary: string,
): Promise<Part | undefined> => {
  const bytecode = pieceBytecode(plan, key);
  const modules = store.part('modules', key);
  if (bytecode === undefined || modules === undefined) return undefined;
  const there = await pieceFrom(store, 'bytecode', bytecode, forms);
  if (there !== undefined) return there;
  const folder = newFolder(temporary, `bytecode-${key}`);
  const output = await compile(plan, treeOf(modules), folder);
  if (output === undefined) return undefined;
  return store.addPart('bytecode', bytecode, await makePart(output, path.join(folder, 'part'), forms, false));
};

/** Local packages that a container has installed, and the owners of their files. */
interface CompiledLocals {
  readonly missing: readonly LocalPiece[];
  readonly owners: Ownership;
  readonly forms: PartForms;
}

/**
 * Puts the bytecode of each local package, which a container has compiled, into the store.
 *
 * @param compiled absolute path of the bytecode's folder, in a temporary folder of the store
 */
export const keepLocalBytecode = async (
  { store }: Pick<InstallWorld, 'store'>,
  plan: BundlePlan,
  { missing, owners, forms }: CompiledLocals,
  compiled: string,
): Promise<void> => {
  const temporary = newFolder(path.dirname(compiled), 'compiled');
  const all = await makePart(compiled, path.join(temporary, 'all'), forms, false);
  for (const { part, key } of missing) {
    const bytecode = pieceBytecode(plan, key);
    if (bytecode === undefined) continue;
    const mine = selected(all, (file) => owners.isOf(part, sourceOf(file)));
    const piece = joinParts([mine], newFolder(temporary, key), forms);
    if (piece !== undefined) store.addPart('bytecode', bytecode, piece);
  }
};
