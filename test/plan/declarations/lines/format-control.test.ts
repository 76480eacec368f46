import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isOnlyWheel, onlyWheels } from '../../../../src/plan/declarations/lines/format-control';

const test = suite('what lines say may not be built');

const ROWS: readonly (readonly [lines: string, only: readonly string[]])[] = [
  ['six\n', []],
  ['--only-binary six\n', ['six']],
  ['--only-binary=Six_X,b\n', ['six-x', 'b']],
  ['--only-binary :all:\n', [':all:']],
  ['--only-binary :all:\n--only-binary :none:\n', []],
  ['--only-binary a\n--no-binary a\n', []],
  ['--no-binary a\n--only-binary a\n', ['a']],
  ['--only-binary a\n--no-binary :all:\n', []],
  ['--pre --only-binary a\n', ['a']],
];

for (const [lines, only] of ROWS) {
  test(JSON.stringify(lines), () => {
    assert.equal([...onlyWheels([lines]).names], only);
  });
}

test('a name that must be built is left out of all', () => {
  const control = onlyWheels(['--only-binary :all:\n', '--no-binary B.c\n']);
  assert.equal(
    ['a', 'b-c'].map((name) => isOnlyWheel(control, name)),
    [true, false],
  );
});

test.run();
