import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrayHeaderLines, lineOfKey, lineOfString } from '../../../../src/plan/packaging/project/toml-lines';

const test = suite('toml lines');

const TEXT = [
  'version = 1',
  '[[package]]',
  'name = "a"',
  '[package.metadata]',
  'requires = ["x"]',
  ' [[ package ]] # second',
  'name = "b"',
  '[[packages]]',
].join('\r\n');

test('each header of an array of tables', () => {
  assert.equal(arrayHeaderLines(TEXT, 'package'), [2, 6]);
  assert.equal(arrayHeaderLines(TEXT, 'other'), []);
});

test('a key under its table, from a line on', () => {
  assert.is(lineOfKey(TEXT, ['version']), 1);
  assert.is(lineOfKey(TEXT, ['package', 'name']), 3);
  assert.is(lineOfKey(TEXT, ['package', 'name'], 6), 7);
  assert.is(lineOfKey(TEXT, ['package', 'metadata', 'requires']), 5);
});

test('where it is not written out, the nearest table around it', () => {
  assert.is(lineOfKey(TEXT, ['package', 'metadata', 'missing']), 4);
  assert.is(lineOfKey(TEXT, ['missing']), 1);
  assert.is(lineOfKey(TEXT, ['missing'], 6), 6);
  assert.is(
    lineOfKey('[project]\noptional-dependencies = { a = ["x"] }', ['project', 'optional-dependencies', 'a']),
    2,
  );
});

test('dotted and quoted keys', () => {
  assert.is(lineOfKey('\ntool."uv" . x = 1', ['tool', 'uv', 'x']), 2);
  assert.is(lineOfKey(`\n[tool.'a.b']\n"c d" = 1`, ['tool', 'a.b', 'c d']), 3);
  assert.is(lineOfKey('\n\n"a=b" = 1', ['a=b']), 3);
});

test('a string, in either quotes, from a line on', () => {
  const text = ['a = [', '  "x",', "  'y',", '  "z; os_name == \\"nt\\"", "x"', ']'].join('\n');
  assert.is(lineOfString(text, 'x', 1), 2);
  assert.is(lineOfString(text, 'x', 3), 4);
  assert.is(lineOfString(text, 'y', 1), 3);
  assert.is(lineOfString(text, 'z; os_name == "nt"', 1), 4);
  assert.is(lineOfString(text, 'none', 2), 2);
});

test('a long line takes no long time', () => {
  assert.is(lineOfKey(`${'a.'.repeat(100_000)}\n${' '.repeat(200_000)}x`, ['b']), 1);
});

test.run();
