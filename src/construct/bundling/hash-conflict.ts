import type { BundlePlan } from '../../plan/model/bundle-plan';

/** The conflict of a plan; undefined if its hash stands for one content. */
type ConflictOf = (plan: BundlePlan) => string | undefined;

/**
 * Finds plans with the same user-given asset hash but different content: both would be published as one, and a function
 * would run another's code. Each plan is read once.
 */
export const hashConflicts = (plans: readonly BundlePlan[]): ConflictOf => {
  /** The first plan of each content, by asset hash. */
  const known = new Map<string, Map<string, BundlePlan>>();
  for (const plan of plans) {
    const { asset, content } = plan.hash;
    const contents = known.get(asset) ?? new Map<string, BundlePlan>();
    if (!contents.has(content)) contents.set(content, plan);
    known.set(asset, contents);
  }
  return ({ hash: { asset, content } }) => {
    const other = [...(known.get(asset) ?? [])].find(([another]) => another !== content)?.[1];
    return other === undefined
      ? undefined
      : `\`bundling.assetHash\` is the same as that of ${other.label}, whose bundle has other content: one of the two would be published for both. Give each its own text, such as one that ends in the function's name.`;
  };
};
