import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Job } from '../../bench/scale/schedule';
import {
  criticalPath,
  efficiency,
  enoughBuilders,
  inOrder,
  longestFirst,
  makespan,
  sharded,
  totalWork,
} from '../../bench/scale/schedule';

const test = suite('jobs on builders');

const job = (seconds: number, functions = 1): Job => ({ name: `${seconds} s`, functions, seconds });

const JOBS = [3, 3, 2, 2, 2, 6].map((seconds) => job(seconds));

test('in order of arrival, the longest may come last', () => {
  assert.equal(inOrder(JOBS, 1), [18]);
  assert.equal(inOrder(JOBS, 2), [7, 11]);
  assert.equal(inOrder(JOBS, 8), [3, 3, 2, 2, 2, 6, 0, 0]);
});

test('longest first', () => {
  assert.equal(longestFirst(JOBS, 2), [10, 8]);
  assert.equal(longestFirst(JOBS, 3), [6, 7, 5]);
});

test('the partition of run --shard: sets with the most functions first, and each to the shard with the least to do', () => {
  const jobs = [job(1, 1), job(10, 1), job(5, 4), job(7, 2)];
  assert.equal(sharded(jobs, 1), [23]);
  assert.equal(sharded(jobs, 2), [15, 8]);
  assert.equal(sharded(jobs, 5), [5, 7, 1, 10, 0]);
});

test('makespan, efficiency, and what limits both', () => {
  assert.is(makespan([8, 10]), 10);
  assert.is(efficiency([8, 10]), 0.9);
  assert.is(criticalPath(JOBS), 6);
  assert.is(totalWork(JOBS), 18);
  assert.is(makespan(longestFirst([], 3)), 0);
  assert.is(efficiency([0, 0]), 1);
});

test('from where on more builders do not help', () => {
  assert.is(enoughBuilders(JOBS), 4);
  assert.is(enoughBuilders(JOBS, 1.2), 3);
  assert.is(enoughBuilders([job(1)]), 1);
  assert.is(enoughBuilders([]), 1);
});

test.run();
