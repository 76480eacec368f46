import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bytecodePath, hasHashedBytecode, planBytecode } from '../../../src/plan/model/bytecode-plan';
import { findRuntime } from '../../../src/plan/target/python-runtime';

const test = suite('bytecode plan');

const runtime = (version: string) => {
  const found = findRuntime(version);
  if (found === undefined) throw new Error(version);
  return found;
};

test('it lies where Lambda unpacks a function, or the modules of a layer', () => {
  const rest = { tag: 'cpython-313', exclude: ['test', 'tests'] };
  assert.equal(planBytecode('auto', runtime('3.13'), 'function'), {
    mode: 'auto',
    ...rest,
    prefix: '/var/task',
  });
  assert.equal(planBytecode('require', runtime('3.13'), 'layer'), {
    mode: 'require',
    ...rest,
    prefix: '/opt/python',
  });
});

test('there is none where none is wanted, or none would be read', () => {
  for (const kind of ['function', 'layer'] as const) {
    assert.is(planBytecode('off', runtime('3.13'), kind), null);
    assert.is(planBytecode('auto', runtime('3.6'), kind), null);
    assert.is(planBytecode('auto', runtime('3.7'), kind)?.tag, 'cpython-37');
  }
  assert.equal([hasHashedBytecode(runtime('3.6')), hasHashedBytecode(runtime('3.7'))], [false, true]);
});

test('it lies beside its module, but for what only tests import', () => {
  const plan = planBytecode('auto', runtime('3.13'), 'layer');
  if (plan === null) throw new Error('no byte code');
  const paths = ['a.py', 'a/b.c.py', 'test.py', 'tests/a.py', 'a/test/b/c.py', 'a.pyi', 'a'];
  assert.equal(
    paths.map((path) => bytecodePath(plan, path)),
    [
      '__pycache__/a.cpython-313.pyc',
      'a/__pycache__/b.c.cpython-313.pyc',
      '__pycache__/test.cpython-313.pyc',
      null,
      null,
      null,
      null,
    ],
  );
});

test.run();
