import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { outputPrefix, prefixErrors } from '../../../src/plan/options/output-prefix';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('the folder that everything goes to');

const errors = (suffix: string): readonly string[] =>
  prefixErrors({ prefix: outputPrefix(suffix) }).map(showPlanError);

test('however a folder is written', () => {
  const written = ['', '.', './', 'python', 'python/', './a//b/', 'a/../b', 'a/..', 'a b', '..a'];
  assert.equal(written.map(outputPrefix), ['.', '.', '.', 'python', 'python', 'a/b', 'b', '.', 'a b', '..a']);
  assert.equal(written.flatMap(errors), []);
});

test('what is not inside, or not one folder everywhere', () => {
  const wrong = ['..', '../asset-input', 'a/../../b', '/python', '/', 'a\\b', '..\\a', 'C:/x', 'a\nb', 'a\0'];
  assert.equal(
    wrong.map((suffix) => errors(suffix).length),
    wrong.map(() => 1),
  );
  assert.equal(errors('../asset-input'), [
    '`bundling.outputPathSuffix` is "../asset-input", but must be a relative path with "/" between its parts that stays inside the bundle.',
  ]);
});

test.run();
