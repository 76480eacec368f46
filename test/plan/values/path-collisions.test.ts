import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { repeated, wrong } from '../../../src/plan/values/path-collisions';

const test = suite('path consistency');

const check = (...paths: readonly string[]): readonly string[] =>
  repeated(
    paths.map((path) => ({ path })),
    (index) => `/files/${index}`,
  ).map(({ path, message }) => `${path}: ${message}`);

test('an error is there unless something holds', () => {
  assert.equal(wrong(true, '/a', 'b'), []);
  assert.equal(wrong(false, '/a', 'b'), [{ path: '/a', message: 'b' }]);
});

test('files beside each other are fine', () => {
  assert.equal(check('a', 'b/a', 'b/c/a', 'ab', 'a.py'), []);
});

test('the second of two files at one path is told', () => {
  assert.equal(check('a', 'b/c', 'a', 'b/c', 'a'), [
    '/files/2/path: "a" appears twice',
    '/files/3/path: "b/c" appears twice',
    '/files/4/path: "a" appears twice',
  ]);
});

test('a file that another needs as a folder is told', () => {
  assert.equal(check('a/b/c', 'a/b', 'd', 'a'), [
    '/files/1/path: "a/b" is the folder of another file',
    '/files/3/path: "a" is the folder of another file',
  ]);
});

test.run();
