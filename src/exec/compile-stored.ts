import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import type { InstallWorld } from './dependencies';
import type { PartForms } from './make-part';
import { makePart } from './make-part';
import type { Part } from './part';
import { hasZip, isTreeWhole, treeOf, zipOf } from './part';
import { unpackPartZip } from './unpack-part-zip';

/** Compiles modules that were installed earlier, when no Python of their version was at hand. */
export const compileStored = async (
  { store, compile }: InstallWorld,
  plan: BundlePlan,
  modules: string,
  bytecode: string,
  forms: PartForms,
): Promise<void> => {
  const part = store.part('modules', modules);
  if (part === undefined) return;
  await store.temporary(async (temporary) => {
    const tree = wholeTree(part, temporary);
    const output = tree === undefined ? undefined : await compile(plan, tree, temporary);
    if (output === undefined) return;
    store.addPart('bytecode', bytecode, await makePart(output, path.join(temporary, 'part'), forms, false));
  });
};

/** The tree of a part or, where a power cut has taken files of it, one that is unpacked from its zip. */
const wholeTree = (part: Part, temporary: string): string | undefined => {
  if (isTreeWhole(part)) return treeOf(part);
  if (!hasZip(part)) return undefined;
  const copy = { ...part, folder: path.join(temporary, 'unpacked') };
  fs.mkdirSync(copy.folder);
  fs.copyFileSync(zipOf(part), zipOf(copy), fs.constants.COPYFILE_FICLONE);
  return unpackPartZip(copy) === undefined ? treeOf(copy) : undefined;
};
