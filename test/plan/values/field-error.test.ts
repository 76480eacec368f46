import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { brief, differences, pointer } from '../../../src/plan/values/field-error';

const test = suite('field error');

test('a JSON pointer escapes what it is made of', () => {
  assert.is(pointer([]), '');
  assert.is(pointer(['a', '0', 'b/c', 'd~e', '~1', '']), '/a/0/b~1c/d~0e/~01/');
});

test('a value is told in a few words', () => {
  assert.equal([undefined, null, true, 1, -0.5, 'a"\n', [], [1], {}, { a: 1 }].map(brief), [
    'nothing',
    'null',
    'true',
    '1',
    '-0.5',
    '"a\\"\\n"',
    'an array',
    'an array',
    'an object',
    'an object',
  ]);
  assert.is(brief('x'.repeat(60)), `"${'x'.repeat(60)}"`);
  assert.is(brief('x'.repeat(61)), `"${'x'.repeat(57)}…"`);
});

test('a value is told in a few words, however deep it is', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  assert.is(brief(deep), 'an array');
  assert.is(brief({ deep }), 'an object');
});

const differ = (found: unknown, expected: unknown): readonly string[] =>
  differences(found, expected, '/at').map(({ path, message }) => `${path}: ${message}`);

test('equal values do not differ', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(differ(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value))), []);
    }),
  );
});

test('each leaf that differs is told', () => {
  assert.equal(differ({ a: 1, b: ['x', 'y'] }, { a: 2, b: ['x', 'z'] }), [
    '/at/a: must be 2, got 1',
    '/at/b/1: must be "z", got "y"',
  ]);
  assert.equal(differ(null, 'a'), ['/at: must be "a", got null']);
});

test('so is what is missing, what is too much, and what is of another kind', () => {
  assert.equal(differ({ b: 1, 'c/d': 2 }, { a: 1, b: 1 }), [
    '/at/a: must be 1, got nothing',
    '/at/c~1d: unknown field',
  ]);
  assert.equal(differ(['a'], ['a', 'b']), ['/at/1: must be "b", got nothing']);
  assert.equal(differ(['a', 'b'], ['a']), ['/at/1: unknown field']);
  assert.equal(differ({ 0: 'a' }, ['a']), ['/at: must be an array, got an object']);
  assert.equal(differ(null, { a: 1 }), ['/at: must be an object, got null']);
  assert.equal(differ({ a: 1 }, null), ['/at: must be null, got an object']);
  assert.equal(differ('a', { a: 1 }), ['/at: must be an object, got "a"']);
  assert.equal(differ(JSON.parse('{"__proto__":{"a":1}}'), {}), ['/at/__proto__: unknown field']);
  assert.equal(differ({}, { constructor: 1 }), ['/at/constructor: must be 1, got nothing']);
});

test('it goes as deep as what is expected', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  assert.equal(differ({ a: deep }, { a: 1 }), ['/at/a: must be 1, got an array']);
  assert.equal(differ({ b: deep }, {}), ['/at/b: unknown field']);
});

test('what may be a secret is not shown', () => {
  assert.is(brief('TOKEN=abc'), '"TOKEN=…"');
  assert.is(brief('https://u:p@h/simple'), '"https://h/simple"');
  assert.is(brief('--x=y'), '"--x=y"');
});

test.run();
