import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { hasFileFor, wheelTagOf } from '../../../../src/plan/packaging/tags/wheel-tag';

const test = suite('the tag of a wheel');

test('is in its name', () => {
  assert.is(wheelTagOf('six-1.16.0-py2.py3-none-any.whl'), 'py2.py3-none-any');
  assert.is(
    wheelTagOf('a-1-1build-cp311-abi3-manylinux_2_17_x86_64.whl'),
    'cp311-abi3-manylinux_2_17_x86_64',
  );
  assert.is(wheelTagOf('six-1.16.0.tar.gz'), undefined);
  assert.is(wheelTagOf('six-1.16.0-any.whl'), undefined);
});

test('which of the files that a lock lists can be installed', () => {
  const runtime = findRuntime('3.13');
  if (runtime === undefined) throw new Error('no 3.13');
  const fits = (file: string): boolean => hasFileFor([file], runtimeOf(runtime, 'arm64', 'prop'));
  const expected: Readonly<Record<string, boolean>> = {
    'x-1-py3-none-any.whl': true,
    'x-1-py2-none-any.whl': false,
    'x-1-cp313-cp313-manylinux_2_34_aarch64.whl': true,
    'x-1-cp313-cp313-manylinux_2_35_aarch64.whl': false,
    'x-1-cp313-cp313-manylinux2014_x86_64.whl': false,
    'x-1-cp313-cp313t-manylinux2014_aarch64.whl': false,
    'x-1-cp312-cp312-manylinux2014_aarch64.whl': false,
    'x-1-cp39-abi3-manylinux2014_aarch64.whl': true,
    'x-1-cp313-cp313-musllinux_1_2_aarch64.whl': false,
    'x-1.tar.gz': true,
    'x-1.zip': true,
    'x-1-py3.13.egg': false,
    'x-1.win32.exe': false,
  };
  assert.equal(Object.fromEntries(Object.keys(expected).map((name) => [name, fits(name)])), expected);
  assert.not(hasFileFor([], runtimeOf(runtime, 'arm64', 'prop')));
});

test.run();
