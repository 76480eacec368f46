import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallWorld } from '../parts/install-modules';
import type { PartForms } from '../parts/make-part';
import { makePart } from '../parts/make-part';
import { wholeTree } from '../parts/whole-tree';

/** Compiles modules that an earlier run installed without a Python of their version. */
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
