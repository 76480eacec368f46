import type { BundlePlan } from '../plan/bundle-plan';

/**
 * What is wrong with a plan whose asset hash, a text of the user's own, stands for other content in the same app: both
 * would be published as one, and a function would run another's code.
 */
export const hashConflict = (plan: BundlePlan, plans: readonly BundlePlan[]): string | undefined => {
  const other = plans.find(
    ({ hash }) => hash.asset === plan.hash.asset && hash.content !== plan.hash.content,
  );
  return other === undefined
    ? undefined
    : `\`bundling.assetHash\` is also that of ${other.label}, whose bundle holds something else: one of the two would be published for both. Give each a text of its own, such as one that ends in the function's name.`;
};
