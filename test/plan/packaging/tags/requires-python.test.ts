import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pythonErrors, specifierError } from '../../../../src/plan/packaging/tags/requires-python';

const test = suite('requires-python');

const of = (text: string, python: string | undefined) =>
  pythonErrors('/app/x.toml', { text, line: 3 }, python);

test('one that is none, whatever the target is', () => {
  for (const text of ['nope', '^3.9', '3.9', '>=3.9 <4']) {
    const error = {
      _tag: 'InvalidDeclaration' as const,
      file: '/app/x.toml',
      line: 3,
      reason: `requires-python is "${text}", which is not a version specifier`,
    };
    assert.equal(of(text, '3.11'), [error]);
    assert.equal(specifierError('/app/x.toml', { text, line: 3 }), error);
  }
});

test('one that the target meets, or not', () => {
  for (const text of ['', '>=3.9', '>= 3.9, <4,', '>=3.11.4', '==3.*'])
    assert.equal(of(text, '3.11'), [], text);
  assert.equal(of('>=3.12', '3.11'), [
    { _tag: 'PythonNotSupported', file: '/app/x.toml', line: 3, requires: '>=3.12', python: '3.11' },
  ]);
  assert.equal(of('>=3.12', undefined), []);
});

test.run();
