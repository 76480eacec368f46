import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { parseShard, plansBySet, plansOfShard } from '../../../src/plan/assembly/shard';
import { planned } from '../support/world';

const test = suite('shard');

/** A plan by its letter, of a set by its number; 0 for none. */
const one = (asset: string, set: number, dependenciesIn: BundlePlan['dependenciesIn'] = 'bundle') => {
  const plan = planned();
  return {
    plan: {
      ...plan,
      dependenciesIn,
      hash: { ...plan.hash, asset, dependencies: set === 0 ? null : String(set) },
    },
  };
};

const letters = (plans: readonly { readonly plan: BundlePlan }[]): string =>
  plans.map(({ plan }) => plan.hash.asset).join('');

const PLANS = [one('c', 1), one('a', 2), one('f', 0), one('b', 1), one('e', 3), one('d', 1), one('g', 2)];

test('parseShard', () => {
  assert.equal(parseShard('2/5'), { index: 2, count: 5 });
  assert.equal(parseShard('1/1'), { index: 1, count: 1 });
  for (const text of [
    '0/5',
    '6/5',
    '2',
    '2/',
    '/5',
    '2/0',
    '-1/5',
    '1.5/5',
    '2/5 ',
    '1/9999999',
    '',
    '٢/٥',
  ]) {
    assert.is(parseShard(text), undefined, text);
  }
});

test('the largest sets come first, what is installed for none is on its own', () => {
  assert.equal(plansBySet(PLANS).map(letters), ['bcd', 'ag', 'e', 'f']);
});

test('a function that keeps its modules in a layer has nothing installed', () => {
  assert.equal(plansBySet([one('a', 1), one('b', 1, 'layer')]).map(letters), ['a', 'b']);
});

test('every plan is in exactly one shard, and a set in one alone', () => {
  for (const count of [1, 2, 3, 4, 9]) {
    const shards = Array.from({ length: count }, (_, index) =>
      plansOfShard(PLANS, { index: index + 1, count }),
    );
    assert.is([...letters(shards.flat())].sort().join(''), 'abcdefg', String(count));
    for (const set of ['bcd', 'ag']) {
      assert.is(
        shards.filter((shard) => [...set].some((letter) => letters(shard).includes(letter))).length,
        1,
      );
    }
  }
});

test('the order in which plans are found changes nothing', () => {
  const shards = (plans: typeof PLANS) =>
    [1, 2, 3].map((index) => letters(plansOfShard(plans, { index, count: 3 })));
  assert.equal(shards([...PLANS].reverse()), shards(PLANS));
});

test('as many shards as sets: one each, the largest first', () => {
  assert.equal(
    [1, 2, 3, 4].map((index) => letters(plansOfShard(PLANS, { index, count: 4 }))),
    ['bcd', 'ag', 'e', 'f'],
  );
});

test.run();
