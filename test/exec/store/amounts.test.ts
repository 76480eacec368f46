import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseAge, parseSize, showSize } from '../../../src/exec/store/amounts';
import { cacheBound } from '../../../src/exec/store/cache-bound';

const test = suite('amounts');

const MB = 1024 * 1024;

test('sizes are read in units of 1024, and must have one', () => {
  for (const [text, bytes] of [
    ['0', 0],
    ['0 B', 0],
    ['12B', 12],
    ['1kB', 1024],
    ['500MB', 500 * MB],
    ['5GB', 5 * 1024 * MB],
    [' 1.5 gb ', 1536 * MB],
    ['2TB', 2 * MB * MB],
  ] as const) {
    assert.is(parseSize(text), bytes, text);
  }
  for (const text of ['', '5', '-5GB', '5 GiB', 'GB', '5GBs', '1e3MB', '.5GB', '0x10B', 'Infinity']) {
    assert.is(parseSize(text), undefined, text);
  }
});

test('ages are read in hours, days and weeks', () => {
  const hour = 60 * 60 * 1000;
  for (const [text, age] of [
    ['12h', 12 * hour],
    ['30d', 720 * hour],
    ['2w', 336 * hour],
    ['1.5 D', 36 * hour],
    ['0h', 0],
  ] as const) {
    assert.is(parseAge(text), age, text);
  }
  for (const text of ['', '30', 'd', '-1d', '5m', '1y', '30days']) assert.is(parseAge(text), undefined, text);
});

test('sizes are shown in the largest unit that fits', () => {
  assert.equal([0, 1023, 1024, 1536 * 1024, 5 * 1024 * MB, 3000 * MB * MB].map(showSize), [
    '0 B',
    '1023 B',
    '1.0 kB',
    '1.5 MB',
    '5.0 GB',
    '3000.0 TB',
  ]);
});

test('the bound is the variable, else 5 GB; what is no size is told', () => {
  const bound = (value?: string) => cacheBound({ CDK_LAMBDA_PYTHON_CACHE_SIZE: value });
  assert.equal(bound(), { bytes: 5 * 1024 * MB });
  assert.equal(bound(''), { bytes: 5 * 1024 * MB });
  assert.equal(bound('20GB'), { bytes: 20 * 1024 * MB });
  assert.equal(bound('0'), { bytes: 0 });
  assert.equal(bound('a lot'), {
    bytes: 5 * 1024 * MB,
    complaint:
      'CDK_LAMBDA_PYTHON_CACHE_SIZE is "a lot", which is not a size such as 500MB or 20GB; the store is kept within 5 GB.',
  });
});

test.run();
