import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CacheEntry } from '../../../src/exec/store/cache-entries';
import { IN_USE, leastUsed } from '../../../src/exec/store/least-used';
import { DAY, NOW } from '../support/stores';

const test = suite('least used');

/** An entry of 100 bytes. */
const entry = (key: string, age: number, changes: Partial<CacheEntry> = {}): CacheEntry => ({
  kind: 'bundles',
  key,
  path: `/store/v4/bundles/${key}`,
  bytes: 100,
  lastUse: NOW - age,
  isBroken: false,
  ...changes,
});

const ENTRIES = [entry('b', 2 * DAY), entry('d', 4 * DAY), entry('a', DAY), entry('c', 3 * DAY)];

const keys = (...args: Parameters<typeof leastUsed>): string =>
  leastUsed(...args)
    .map(({ key }) => key)
    .join(' ');

test('without a limit nothing goes', () => {
  assert.is(keys(ENTRIES, {}, NOW), '');
});

test('what was not used for longest goes first, until the others are within the size', () => {
  assert.is(keys(ENTRIES, { maxSize: 400 }, NOW), '');
  assert.is(keys(ENTRIES, { maxSize: 399 }, NOW), 'd');
  assert.is(keys(ENTRIES, { maxSize: 200 }, NOW), 'd c');
  assert.is(keys(ENTRIES, { maxSize: 0 }, NOW), 'd c b a');
});

test('one large entry makes room for many', () => {
  const large = entry('large', 5 * DAY, { bytes: 1000 });
  assert.is(keys([...ENTRIES, large], { maxSize: 400 }, NOW), 'large');
});

test('what was used at the same time goes in the order of its path', () => {
  assert.is(keys([entry('y', DAY), entry('x', DAY), entry('z', DAY)], { maxSize: 100 }, NOW), 'x y');
});

test('what was not used for longer than an age goes, whatever its size', () => {
  assert.is(keys(ENTRIES, { olderThan: 2 * DAY }, NOW), 'd c');
  assert.is(keys(ENTRIES, { olderThan: 3 * DAY, maxSize: 250 }, NOW), 'd c');
  assert.is(keys(ENTRIES, { olderThan: 0 }, NOW), 'd c b a');
});

test('what was used in the last ten minutes stays, broken or not; of before the clock was put back it goes last', () => {
  const entries = [
    entry('now', IN_USE - 1),
    entry('before', IN_USE),
    entry('tomorrow', -DAY),
    entry('new', IN_USE - 1, { isBroken: true }),
  ];
  assert.is(keys(entries, { maxSize: 0, olderThan: 0 }, NOW), 'before tomorrow');
  assert.is(keys([entry('soon', 1 - IN_USE), entry('later', -IN_USE)], { maxSize: 0 }, NOW), 'later');
});

test('what is broken goes first, without a limit', () => {
  const broken = entry('broken', DAY / 2, { isBroken: true });
  assert.is(keys([...ENTRIES, broken], {}, NOW), 'broken');
  assert.is(keys([...ENTRIES, broken], { maxSize: 400 }, NOW), 'broken', 'its bytes count');
  assert.is(keys([...ENTRIES, broken], { maxSize: 399 }, NOW), 'broken d');
});

test.run();
