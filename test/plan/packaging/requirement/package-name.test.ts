import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { normalizeName } from '../../../../src/plan/packaging/requirement/package-name';

const test = suite('package name');

test('lower case, and one dash for each run of separators', () => {
  assert.equal(['Friendly-Bard', 'friendly.bard', 'friendly__bard', 'FrIeNdLy-._.-bArD'].map(normalizeName), [
    'friendly-bard',
    'friendly-bard',
    'friendly-bard',
    'friendly-bard',
  ]);
  assert.is(normalizeName('plain'), 'plain');
});

test.run();
