import type { BundlePlan } from '../../src/plan/model/bundle-plan';

/** The handler of a function's plan; a layer's has none, and throws. */
export const handlerOf = ({ label, handler }: Pick<BundlePlan, 'label' | 'handler'>): string => {
  if (handler === null) throw new Error(`${label} has no handler`);
  return handler;
};
