import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexUrl } from '../../src/plan/package-indexes';

const test = suite('package indexes');

test('the default index has no URL, with or without a slash at its end', () => {
  assert.is(indexUrl('https://pypi.org/simple'), null);
  assert.is(indexUrl('https://pypi.org/simple/'), null);
  assert.is(indexUrl('https://index.example/simple/'), 'https://index.example/simple/');
  assert.is(indexUrl('https://pypi.org/simple/more'), 'https://pypi.org/simple/more');
});

test.run();
