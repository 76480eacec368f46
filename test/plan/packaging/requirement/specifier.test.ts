import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  allowsPython,
  normalizeSpecifier,
  specifierAllows,
} from '../../../../src/plan/packaging/requirement/specifier';

const test = suite('specifier');

test('order, white space, spelling and zeros at the end make no difference', () => {
  assert.is(normalizeSpecifier(' <2 ,>= 1.0.0,'), '<2,>=1');
  assert.is(normalizeSpecifier('==v1.10.0-Alpha.1'), '==1.10a1');
  assert.is(normalizeSpecifier('> 2020-1,>2020.post1'), '>2020.post1');
  assert.is(normalizeSpecifier('>=0.0'), '>=0');
  assert.is(normalizeSpecifier('>=1!2.0'), '>=1!2');
  assert.is(normalizeSpecifier(''), '');
});

test('what has a meaning stays', () => {
  assert.is(normalizeSpecifier('~=1.0'), '~=1.0');
  assert.is(normalizeSpecifier('==1.0.*'), '==1.0.*');
  assert.is(normalizeSpecifier('>=10,<20'), '<20,>=10');
  assert.is(normalizeSpecifier('==1.10'), '==1.10');
  assert.is(normalizeSpecifier('===1.0'), '===1.0');
});

test('a minor version is allowed where one of its patch levels is', () => {
  const allows = (requires: string) =>
    ['3.9', '3.11', '3.13'].filter((python) => allowsPython(requires, python));
  assert.equal(allows('>=3.9'), ['3.9', '3.11', '3.13']);
  assert.equal(allows('>=3.11.4, <3.13'), ['3.11']);
  assert.equal(allows('>3.11'), ['3.11', '3.13']);
  assert.equal(allows('==3.9.*'), ['3.9']);
  assert.equal(allows('<3.11.0'), ['3.9']);
  assert.equal(allows('nonsense'), []);
});

test('versions, and what is none', () => {
  assert.is(specifierAllows('>=1,<2', '1.5'), true);
  assert.is(specifierAllows('>=1,<2', '2.0'), false);
  assert.is(specifierAllows('>=1', '1.5rc1'), true);
  assert.is(specifierAllows('', '1'), true);
  assert.is(specifierAllows('>=1', 'main'), true);
});

test.run();
