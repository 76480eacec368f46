import * as assert from 'uvu/assert';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import { decodeBatch, encodeBatch } from '../../../src/exec/batch/batch-request';
import { planWith } from '../support/plans';

const test = suite('batch request');

const shared = planWith('idna==3.6\n');
const items = [
  shared,
  { ...shared, label: 'other' },
  planWith('six==1.16.0\n'),
  { ...shared, install: null },
].map((plan, index) => ({ plan, environment: { INDEX: `${index}` } }));

test('an install that plans share is written once', () => {
  const { installs } = JSON.parse(encodeBatch(items)) as { readonly installs: readonly unknown[] };
  assert.is(installs.length, 2);
});

test('what is read is what was written, and installs that were shared are', () => {
  const read = decodeBatch(encodeBatch(items.slice(0, 3)));
  if (isLeft(read)) throw new Error(read.left);
  assert.equal(read.right, JSON.parse(JSON.stringify(items.slice(0, 3))));
  assert.is(read.right[0]?.plan.install, read.right[1]?.plan.install);
});

test('a plan whose install is not among them is refused', () => {
  const { items: written } = JSON.parse(encodeBatch(items.slice(0, 1))) as { readonly items: unknown };
  const read = decodeBatch(JSON.stringify({ installs: [], items: written }));
  assert.ok(isLeft(read));
  assert.match(isLeft(read) ? read.left : '', /^\/install: /);
});

test.run();
