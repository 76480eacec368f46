import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleParts } from './bundle-content';
import type { ExecutionError } from '../errors/execution-error';
import type { InterpreterPlaces } from '../machine/interpreter';
import { candidateInterpreters } from '../machine/interpreter';
import { isCompiled } from '../bytecode/source-bytecode';
import type { Store } from '../store/store';

/** The reason why a bundle with required bytecode cannot be made. */
export const missingBytecode = (
  store: Store,
  places: InterpreterPlaces,
  plan: BundlePlan,
  parts: BundleParts,
): ExecutionError | undefined => {
  const { bytecode, hash, runtime } = plan;
  if (bytecode?.mode !== 'require') return undefined;
  const isForModules = hash.bytecode !== null && plan.dependenciesIn === 'bundle';
  const isThere = (!isForModules || parts.bytecode !== null) && isCompiled(store, plan);
  return isThere
    ? undefined
    : {
        _tag: 'NoBytecode',
        python: runtime.python,
        looked: candidateInterpreters(runtime.python, places),
      };
};
