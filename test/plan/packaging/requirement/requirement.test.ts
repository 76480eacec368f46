import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRequirement } from '../../../../src/plan/packaging/requirement/requirement';

const test = suite('requirement');

const parsed = (text: string): unknown => {
  const result = parseRequirement(text);
  return result._tag === 'Right' ? result.right : result.left;
};

const plain = { extras: [], specifier: '', url: null, marker: null };

test('name, extras, specifier and marker, with or without white space', () => {
  const all = {
    name: 'requests',
    extras: ['socks', 'use-chardet'],
    specifier: '>= 2.31, <3',
    url: null,
    marker: 'python_version >= "3.9"',
  };
  assert.equal(parsed('requests[socks , use-chardet]>= 2.31, <3;python_version >= "3.9"'), all);
  assert.equal(parsed(' requests [socks,use-chardet] (>= 2.31, <3) ; python_version >= "3.9" '), all);
  assert.equal(parsed('six'), { name: 'six', ...plain });
  assert.equal(parsed('A.b_c-1[]'), { name: 'A.b_c-1', ...plain });
  assert.equal(parsed('six>=1,'), { name: 'six', ...plain, specifier: '>=1' });
  assert.equal(parsed('six===1.0-odd'), { name: 'six', ...plain, specifier: '===1.0-odd' });
  assert.equal(parsed('six==1.*,~=1.2,!=1.3.*'), {
    name: 'six',
    ...plain,
    specifier: '==1.*,~=1.2,!=1.3.*',
  });
});

test('a URL goes up to white space, so that a semicolon may be a part of it', () => {
  assert.equal(parsed('a[x] @ https://host.example/a;b.whl ; os_name == "posix"'), {
    name: 'a',
    extras: ['x'],
    specifier: '',
    url: 'https://host.example/a;b.whl',
    marker: 'os_name == "posix"',
  });
  assert.equal(parsed('a@git+https://host.example/a@v1'), {
    name: 'a',
    ...plain,
    url: 'git+https://host.example/a@v1',
  });
});

test('what is no requirement, and why', () => {
  assert.is(parsed(''), 'it does not begin with a name');
  assert.is(parsed('-e .'), 'it does not begin with a name');
  assert.is(parsed('six-'), '"six-" is not a name');
  assert.is(parsed('six>=1,,<2'), 'the version specifier ">=1,,<2" does not parse');
  assert.is(parsed('six 1.0'), 'the version specifier "1.0" does not parse');
  assert.is(parsed('six>=(1)'), 'the version specifier ">=(1)" does not parse');
  assert.is(parsed('six~=1'), 'the version specifier "~=1" does not parse');
  assert.is(parsed('six[a b]'), 'the extra "a b" is not a name');
  assert.is(parsed('six[a,]'), 'the extra "" is not a name');
  assert.is(parsed('six @ '), 'no URL follows the "@"');
  assert.is(parsed('six @ https://host.example/a b'), 'its URL has white space in it');
  assert.is(
    parsed('six; color == "red"'),
    'the marker "color == \\"red\\"" does not parse: "color" is not a marker variable',
  );
});

test('no text takes long', () => {
  assert.is(parsed(`a${' '.repeat(200_000)}!`), 'the version specifier "!" does not parse');
  assert.is(parsed(`${'a-'.repeat(100_000)}`), `${JSON.stringify('a-'.repeat(100_000))} is not a name`);
  assert.is(parsed(`a @ ${'x;'.repeat(100_000)} y`), 'its URL has white space in it');
});

test.run();
