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
 * The byte code of a local package that is in the store: found there, or compiled. Undefined where it is not to be had.
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

/** Local packages that a container has installed, and who has which of their files. */
interface CompiledLocals {
  readonly missing: readonly LocalPiece[];
  readonly owners: Ownership;
  readonly forms: PartForms;
}

/**
 * Puts byte code that a container has made into the store, for each local package.
 *
 * @param compiled absolute path of the folder that it is in, in a temporary of the store
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
