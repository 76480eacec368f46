import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX, indexOf } from '../../src/plan/package-index';

const test = suite('package index');

test('the default one is null, with or without a slash at the end', () => {
  assert.equal([DEFAULT_INDEX, `${DEFAULT_INDEX}/`].map(indexOf), [null, null]);
  assert.is(indexOf('https://index.example/simple/'), 'https://index.example/simple/');
  assert.is(indexOf(`${DEFAULT_INDEX}/other`), `${DEFAULT_INDEX}/other`);
});

test.run();
