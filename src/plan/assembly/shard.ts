import type { BundlePlan } from '../model/bundle-plan';
import { byText } from '../values/hash';

/** Part `index`, from 1, of `count` parts. */
interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Parses a shard such as `2/5`; undefined for any other text. */
export const parseShard = (text: string): Shard | undefined => {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index === undefined || shard.index > shard.count ? undefined : shard;
};

/** The key of the modules in a plan's bundle. A plan without modules has a key of its own. */
const setOf = ({ hash, dependenciesIn }: BundlePlan): string =>
  dependenciesIn === 'bundle' && hash.dependencies !== null ? hash.dependencies : hash.asset;

/** Plans grouped by their set of modules, the largest group first. The order is the same on every machine. */
export const plansBySet = <P extends { readonly plan: BundlePlan }>(
  plans: readonly P[],
): readonly (readonly P[])[] => {
  const sets = new Map<string, P[]>();
  for (const one of plans) {
    const users = sets.get(setOf(one.plan)) ?? [];
    users.push(one);
    sets.set(setOf(one.plan), users);
  }
  return [...sets]
    .sort(([a, left], [b, right]) => right.length - left.length || byText(a, b))
    .map(([, users]) => [...users].sort((a, b) => byText(a.plan.hash.asset, b.plan.hash.asset)));
};

/**
 * The plans of one shard. A set of modules is installed in only one shard, and each next set goes to the shard with the
 * least work. Every shard computes the same partition by itself.
 */
export const plansOfShard = <P extends { readonly plan: BundlePlan }>(
  plans: readonly P[],
  { index, count }: Shard,
): readonly P[] => {
  const shards = Array.from({ length: count }, () => ({ cost: 0, plans: [] as P[] }));
  for (const set of plansBySet(plans)) {
    const [first] = set;
    const least = shards.reduce((best, shard) => (shard.cost < best.cost ? shard : best));
    least.plans.push(...set);
    least.cost += set.length * BUNDLE + (first?.plan.install === null ? 0 : INSTALL);
  }
  return shards[index - 1]?.plans ?? [];
};

/** The costs of an install and of assembling a bundle, measured (bench/RESULTS.md, cold W4) as roughly ten to one. */
const INSTALL = 10;
const BUNDLE = 1;
