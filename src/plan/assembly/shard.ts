import type { BundlePlan } from '../model/bundle-plan';
import { byText } from '../values/hash';

/** One of so many parts, from 1. */
interface Shard {
  readonly index: number;
  readonly count: number;
}

/** `2/5`; undefined for what is none. */
export const parseShard = (text: string): Shard | undefined => {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index === undefined || shard.index > shard.count ? undefined : shard;
};

/** What is installed for a plan's own bundle; plans of which nothing is are on their own. */
const setOf = ({ hash, dependenciesIn }: BundlePlan): string =>
  dependenciesIn === 'bundle' && hash.dependencies !== null ? hash.dependencies : hash.asset;

/** Plans by what is installed for them, those with the most bundles first; in an order that is the same on every machine. */
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
 * The plans of one shard: a set of modules is installed in one shard alone, and each next set goes to the shard with the least
 * to do. Every shard comes to the same partition by itself.
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

/** What an install costs, and putting a bundle together: as measured (bench/RESULTS.md, cold W4), roughly ten to one. */
const INSTALL = 10;
const BUNDLE = 1;
