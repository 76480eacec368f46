import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { forcedBuilds } from '../../../../src/plan/declarations/lines/forced-builds';

const test = suite('forced builds');

test('names of --no-binary lines, in all ways to write them', () => {
  assert.equal(
    forcedBuilds([
      'six\n--no-binary a\n  --no-binary=b,c # d\n--no-binary \\\n  e\n',
      '--no-binary a\n--no-binary = "f"\n',
      '--no-binary :all:\n',
    ]),
    ['a', 'b', 'c', 'e', 'f', ':all:'],
  );
});

test('nothing else forces a build', () => {
  assert.equal(forcedBuilds(['six\n# --no-binary a\n--only-binary :all:\n--no-binary :none:\n']), []);
});

test.run();
