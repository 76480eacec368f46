import type { IConstruct } from 'constructs';
import type { PlanWarning } from '../plan/plan-warning';

/** The declarations that an app was warned of. */
const toldIn = new WeakMap<IConstruct, Set<string>>();

/**
 * Whether an app has shown a warning already. A warning about a declaration stands at the first construct that
 * uses it, and not at each of fifty that share it; all others are about the construct itself.
 */
export const isToldAlready = ({ node: { root } }: IConstruct, warning: PlanWarning): boolean => {
  if (warning._tag !== 'NotPinned') return false;
  const told = toldIn.get(root) ?? new Set();
  toldIn.set(root, told);
  const isTold = told.has(warning.file);
  told.add(warning.file);
  return isTold;
};
