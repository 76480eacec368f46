import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawJobs } from '../../bench/scale/draw';
import { numbersFrom } from '../support/random-numbers';

const test = suite('sets drawn from those that were measured');

const MEASURED = [
  { name: 'small', first: 1, next: 0.25 },
  { name: 'large', first: 8, next: 0.5 },
];

test('a seed gives the same numbers each time', () => {
  const first = numbersFrom(1);
  const second = numbersFrom(1);
  const numbers = Array.from({ length: 1000 }, first);
  assert.equal(Array.from({ length: 1000 }, second), numbers);
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
  assert.is(new Set(numbers).size, 1000);
  assert.is.not(numbersFrom(2)(), numbers[0]);
});

test('every set has a function, all functions are given out, and a job takes what its set does', () => {
  const jobs = drawJobs(MEASURED, 100, 500, 7);
  assert.is(jobs.length, 100);
  assert.is(
    jobs.reduce((total, { functions }) => total + functions, 0),
    500,
  );
  assert.ok(jobs.every(({ functions }) => functions >= 1));
  for (const { name, functions, seconds } of jobs) {
    assert.is(seconds, name === 'small' ? 1 + (functions - 1) * 0.25 : 8 + (functions - 1) * 0.5);
  }
  const small = jobs.filter(({ name }) => name === 'small').length;
  assert.ok(small > 30 && small < 70, String(small));
});

test('no more functions than sets', () => {
  assert.equal(drawJobs(MEASURED.slice(0, 1), 2, 2, 1), [
    { name: 'small', functions: 1, seconds: 1 },
    { name: 'small', functions: 1, seconds: 1 },
  ]);
  assert.equal(drawJobs([], 2, 2, 1), []);
});

test.run();
