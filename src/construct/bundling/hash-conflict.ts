import type { BundlePlan } from '../../plan/model/bundle-plan';

/** What is wrong with a plan; nothing where it stands for one content. */
type ConflictOf = (plan: BundlePlan) => string | undefined;

/**
 * What is wrong with plans whose asset hash, a text of the user's own, stands for other content in the same app: both
 * would be published as one, and a function would run another's code. Each plan is looked at once, however many there are.
 */
export const hashConflicts = (plans: readonly BundlePlan[]): ConflictOf => {
  /** By asset hash the first plan of each content. */
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
      : `\`bundling.assetHash\` is also that of ${other.label}, whose bundle holds something else: one of the two would be published for both. Give each a text of its own, such as one that ends in the function's name.`;
  };
};
