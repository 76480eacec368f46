import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashConflicts } from '../../../src/construct/bundling/hash-conflict';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';

const test = suite('asset hashes that stand for two contents');

/** As much of a plan as is looked at; `look` is told of each time. */
const planWith = (
  label: string,
  asset: string,
  content: string,
  look: () => void = () => undefined,
): BundlePlan =>
  ({
    label,
    get hash() {
      look();
      return { asset, content };
    },
  }) as unknown as BundlePlan;

test('the first of another content is named', () => {
  const plans = [planWith('A', 'v1', 'a'), planWith('B', 'v1', 'a'), planWith('C', 'v1', 'c')];
  const named = plans.map((plan) => /the same as that of (\w+)/.exec(hashConflicts(plans)(plan) ?? '')?.[1]);
  assert.equal(named, ['C', 'C', 'A']);
});

test('one content is no conflict, and neither is a plan that is not among them', () => {
  const plans = [planWith('A', 'v1', 'a'), planWith('B', 'v1', 'a'), planWith('C', 'v2', 'c')];
  for (const plan of [...plans, planWith('D', 'v3', 'a')]) assert.is(hashConflicts(plans)(plan), undefined);
});

test('what it takes grows with the number of plans, not with its square', () => {
  let looks = 0;
  const plans = Array.from({ length: 1000 }, (_, index) =>
    planWith(`F${index}`, `asset ${index}`, `content ${index}`, () => (looks += 1)),
  );
  const conflictOf = hashConflicts(plans);
  for (const plan of plans) conflictOf(plan);
  assert.is(looks, 2000);
});

test.run();
