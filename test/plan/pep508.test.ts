import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseMarker } from '../../src/plan/marker';
import { parseRequirement, specifierAllows } from '../../src/plan/pep508';

const test = suite('pep508');

const plain = { extras: [], specifier: '', url: null, marker: null };
const marker = (text: string) => {
  const result = parseMarker(text);
  return result._tag === 'Right' ? result.right : null;
};

test('requirements in all their ways of writing', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['a', { ...plain, name: 'a' }],
    ['A.b-c_d >=1 , <2', { ...plain, name: 'A.b-c_d', specifier: '>=1 , <2' }],
    ['a[x, y]==1', { ...plain, name: 'a', extras: ['x', 'y'], specifier: '==1' }],
    ['a[] (>=1)', { ...plain, name: 'a', specifier: '>=1' }],
    ["a>=1;os_name=='x'", { ...plain, name: 'a', specifier: '>=1', marker: marker("os_name=='x'") }],
    ['a @ https://x/y;z', { ...plain, name: 'a', url: 'https://x/y;z' }],
    ["a@file:./b ; os_name=='x'", { ...plain, name: 'a', url: 'file:./b', marker: marker("os_name=='x'") }],
    ["a @ x; os_name=='x'", { ...plain, name: 'a', url: 'x', marker: marker("os_name=='x'") }],
  ];
  for (const [text, right] of cases) assert.equal(parseRequirement(text), { _tag: 'Right', right });
});

test('what is none says why', () => {
  const reason = (text: string) => {
    const result = parseRequirement(text);
    return result._tag === 'Left' ? result.left : null;
  };
  assert.is(reason(''), 'it does not begin with a name');
  assert.is(reason('-e .'), 'it does not begin with a name');
  assert.is(reason('a b'), '"b" is no specifier');
  assert.is(reason('a @ '), 'a URL was expected after @');
  assert.is.not(reason('a ; python_version'), null);
});

test('specifiers, and versions that are none', () => {
  assert.is(specifierAllows('>=1,<2', '1.5'), true);
  assert.is(specifierAllows('>=1,<2', '2.0'), false);
  assert.is(specifierAllows('>=1', '1.5rc1'), true);
  assert.is(specifierAllows('', '1'), true);
  assert.is(specifierAllows('>=1', 'main'), true);
});

test.run();
