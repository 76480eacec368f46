import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import ignore from 'ignore';
import { SLIM_KINDS, slimPatterns } from '../../../src/plan/options/slim';

const test = suite('what modules do not need to run');

test('nothing unless asked for, all, or some in an order of their own', () => {
  assert.equal(slimPatterns(), []);
  assert.equal(slimPatterns(false), []);
  assert.equal(slimPatterns(true), slimPatterns(SLIM_KINDS));
  assert.equal(slimPatterns(['types', 'tests']), ['tests/', 'test/', '*.pyi', 'py.typed']);
});

test('the patterns take what they say, in any depth, and no module', () => {
  const rules = ignore().add(slimPatterns(true));
  const out = [
    'numpy/core/tests/test_a.py',
    'test/a.py',
    'a/b.pyi',
    'a/py.typed',
    'a/b.pyx',
    'a/b.c',
    'a/lib/x.a',
    'a/b.h',
    'a/b.f90',
  ];
  const stays = [
    'a/b.py',
    'a/testing/x.py',
    'a/test.py',
    'a/b.so',
    'a/c.cpython-313-x86_64-linux-gnu.so',
    'botocore/docs/__init__.py',
    'a/data.json',
  ];
  assert.equal(
    [...out, ...stays].filter((file) => rules.ignores(file)),
    out,
  );
});

test.run();
