import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { poetryNeeds } from '../../../../src/plan/declarations/local-packages/poetry-needs';

const test = suite('path dependencies of Poetry');

const BUILD = '[build-system]\nbuild-backend = "poetry.core.masonry.api"\n[tool.poetry.dependencies]\n';

const needs = (lines: string, extras?: readonly string[], before = BUILD) =>
  poetryNeeds({ path: '/libs/one', pyproject: before + lines }, extras).map(
    ({ name, path, marker, extras: own, line }) => [name, path, marker, own, line],
  );

const CASES: Readonly<Record<string, readonly [lines: string, found: readonly unknown[]]>> = {
  'a folder': ['two = { path = "../two" }', [['two', '/libs/two', null, [], 4]]],
  'an archive, by its older key': ['two = { file = "../two.whl" }', [['two', '/libs/two.whl', null, [], 4]]],
  'extras and a marker': [
    'two = { path = "../two", extras = ["a"], markers = "os_name == \'posix\'" }',
    [['two', '/libs/two', "os_name == 'posix'", ['a'], 4]],
  ],
  'one of several sources': [
    'two = [{ version = "1", python = "<3.9" }, { path = "../two" }]',
    [['two', '/libs/two', null, [], 4]],
  ],
  'a limit to some Pythons': ['two = { path = "../two", python = "<3.9" }', []],
  'a limit to a system': ['two = { path = "../two", platform = "win32" }', []],
  'a version': ['two = "^1"', []],
  'a repository': ['two = { git = "https://example.com/two.git" }', []],
};

for (const [name, [lines, found]] of Object.entries(CASES))
  test(name, () => assert.equal(needs(lines), found));

test('an optional one only with an extra that has it', () => {
  const lines = 'two = { path = "../two", optional = true }\n[tool.poetry.extras]\nMore_Of = ["Two"]\n';
  const found = [['two', '/libs/two', null, [], 4]];
  assert.equal(needs(lines, ['more-of']), found);
  assert.equal(needs(lines), found, 'all extras');
  assert.equal(needs(lines, ['other']), []);
});

test('none of a package that another backend builds, or that does not parse', () => {
  assert.equal(needs('two = { path = "../two" }', [], '[tool.poetry.dependencies]\n'), []);
  assert.equal(needs('two = { path = '), []);
});

test.run();
