import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { memoizeByObject } from '../../../src/plan/values/memoize-by-object';

test('it is worked out once for an object, and anew for one that only looks the same', () => {
  const asked: object[] = [];
  const sizeOf = memoizeByObject((values: readonly number[]) => {
    asked.push(values);
    return values.length;
  });
  const [a, b] = [
    [1, 2],
    [1, 2],
  ] as const;
  assert.equal([sizeOf(a), sizeOf(a), sizeOf(b), sizeOf(a)], [2, 2, 2, 2]);
  assert.is(asked.length, 2);
  assert.is(asked[1], b);
});

test('nothing is an answer as well', () => {
  let asked = 0;
  const none = memoizeByObject((_: object): undefined => void asked++);
  const key = {};
  assert.is(none(key), undefined);
  assert.is(none(key), undefined);
  assert.is(asked, 1);
});

test.run();
