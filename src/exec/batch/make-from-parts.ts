import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleMade } from '../bundle/make-bundle';
import { makeBundle } from '../bundle/make-bundle';
import { partsOf } from '../bundle/parts-of';
import { missingBytecode } from '../bundle/required-bytecode';
import { nearLimit } from '../distributions/too-large';
import type { ExecutionError } from '../errors/execution-error';
import type { PartShelf } from '../store/part-shelf';
import type { World } from './world';

/** Makes a bundle from its parts. Progress shows only if that takes long, for many megabytes to copy or compress. */
export const makeFromParts = async (
  { store, places, progress, compileSources }: World,
  shelf: PartShelf,
  plan: BundlePlan,
): Promise<E.Either<ExecutionError, BundleMade>> => {
  let note: string | undefined;
  progress.start(plan.output.path, `putting together the bundle of ${plan.label}`);
  try {
    // Progress is drawn or written before synchronous work begins.
    await new Promise((resolve) => setImmediate(resolve));
    const parts = partsOf(shelf, plan);
    if (parts === undefined) return E.left({ _tag: 'StoreChanged', path: store.folder });
    // Files that commands made from the entry exist only now. They are checked even if the bundle has no bytecode.
    if (plan.install?.isWhole === true) {
      await compileSources([{ ...plan, bytecode: null }], () => parts.modules);
    }
    const missing = missingBytecode(store, places, plan, parts);
    const made = missing === undefined ? makeBundle(store, plan, parts) : E.left(missing);
    if (E.isRight(made)) note = nearLimit(plan.label, made.right.size, plan.output.maximumSize);
    return made;
  } finally {
    progress.end(plan.output.path, note);
  }
};
