import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  buildImageOf,
  DEFAULT_RUNTIME,
  findRuntime,
  pythonRuntimes,
} from '../../../src/plan/target/python-runtime';

const test = suite('python runtime');

test('each runs on the glibc of its Amazon Linux', () => {
  assert.equal(
    pythonRuntimes.map(({ name, python, glibcMinor }) => `${name} ${python} 2.${glibcMinor}`),
    [
      'python3.6 3.6 2.17',
      'python3.7 3.7 2.17',
      'python3.8 3.8 2.26',
      'python3.9 3.9 2.26',
      'python3.10 3.10 2.26',
      'python3.11 3.11 2.26',
      'python3.12 3.12 2.34',
      'python3.13 3.13 2.34',
      'python3.14 3.14 2.34',
      'python3.15 3.15 2.34',
    ],
  );
});

test('it is found by its name and by its version, and by nothing like them', () => {
  const expected = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
  assert.equal(findRuntime('python3.11'), expected);
  assert.equal(findRuntime('3.11'), expected);
  for (const name of ['3.1', '3.11.7', 'python', 'python3.11 ', 'Python3.11', '', '2.7', 'nodejs20.x']) {
    assert.is(findRuntime(name), undefined, name);
  }
});

test('the documented default is one of them', () => {
  assert.is(DEFAULT_RUNTIME, 'python3.7');
  assert.is(findRuntime(DEFAULT_RUNTIME)?.name, 'python3.7');
});

test('its build image is the one that AWS publishes', () => {
  assert.equal(pythonRuntimes.map(buildImageOf).slice(4, 8), [
    'public.ecr.aws/sam/build-python3.10',
    'public.ecr.aws/sam/build-python3.11',
    'public.ecr.aws/sam/build-python3.12',
    'public.ecr.aws/sam/build-python3.13',
  ]);
});

test.run();
