import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import type { InstallWorld } from './dependencies';
import type { PartForms } from './make-part';
import { makePart } from './make-part';
import type { LocalPiece } from './module-pieces';
import { newFolder, pieceBytecode, pieceFrom } from './module-pieces';
import type { Part } from './part';
import { treeOf } from './part';

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
