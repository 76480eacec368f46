import type { BigIntStats } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isSettled, stateOf } from '../../../src/exec/files/file-state';

const stats = {
  dev: 1n,
  ino: 2n ** 60n + 1n,
  size: 3n,
  mtimeNs: 10_000_000_001n,
  ctimeNs: 20_000_000_002n,
  mtimeMs: 10_000n,
  ctimeMs: 20_000n,
} as BigIntStats;

test('a state has all that git looks at, whatever the length of the numbers', () => {
  assert.is(stateOf(stats), '1 1152921504606846977 3 10000000001 20000000002');
  for (const field of ['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const) {
    assert.is.not(stateOf({ ...stats, [field]: stats[field] + 1n } as BigIntStats), stateOf(stats), field);
  }
});

test('it is settled three seconds after the later of the two times, and never where that lies ahead', () => {
  assert.is(isSettled(stats, 23_000), false);
  assert.is(isSettled(stats, 23_001), true);
  const touched = { ...stats, mtimeMs: 20_000n, ctimeMs: 10_000n } as BigIntStats;
  assert.is(isSettled(touched, 23_000), false);
  assert.is(isSettled(touched, 23_001), true);
  assert.is(isSettled(stats, 5), false);
});

test.run();
