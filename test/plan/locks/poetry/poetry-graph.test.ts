import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readPoetryLock } from '../../../../src/plan/locks/poetry/poetry-lock';
import { errorsOf, markersOf, question, versionsOf } from '../../support/questions';

const test = suite('poetry graph');

const pack = (name: string, version: string, more = ''): string =>
  `[[package]]\nname = "${name}"\nversion = "${version}"\n${more}\n`;

const lockOf = (...packages: readonly string[]): string =>
  `${packages.join('')}[metadata]\nlock-version = "2.0"\npython-versions = ">=3.9"\n`;

const manifestOf = (dependencies: string): string => `[tool.poetry.dependencies]\n${dependencies}\n`;

test('an optional dependency only with the extra that names it, also where its marker names none', () => {
  const lock = lockOf(
    pack(
      'a',
      '1',
      '[package.dependencies]\nb = {version = "*", optional = true}\nc = "*"\n[package.extras]\nx = ["b (>=1)", "c"]',
    ),
    pack('b', '1'),
    pack('c', '1'),
  );
  const of = (a: string) => versionsOf(readPoetryLock, question(lock, manifestOf(`a = ${a}`)));
  assert.equal(of('"*"'), ['a 1', 'c 1']);
  assert.equal(of('{version = "*", extras = ["X"]}'), ['a 1', 'b 1', 'c 1']);
});

test('a marker for another extra leaves out what this one names only then', () => {
  const lock = lockOf(
    pack(
      'a',
      '1',
      '[package.dependencies]\nb = {version = "*", markers = "extra == \'x\'"}\nc = "*"\n[package.extras]\nx = ["c"]',
    ),
    pack('c', '1'),
  );
  const manifest = manifestOf('a = {version = "*", extras = ["x"]}');
  assert.equal(versionsOf(readPoetryLock, question(lock, manifest)), ['a 1', 'c 1']);
});

test('versions of a package are told apart by the Python that they are for', () => {
  const lock = lockOf(
    pack('a', '1', 'python-versions = ">=3.9"'),
    pack('a', '2', 'python-versions = ">=3.11.4"'),
  );
  const of = (python: string) =>
    versionsOf(readPoetryLock, question(lock, manifestOf('a = "*"'), { markers: markersOf(python) }));
  assert.equal(of('3.10'), ['a 1']);
  assert.equal(of('3.11'), ['a 2']);
});

test('and by where they come from', () => {
  const source = (type: string, more: string): string => `[package.source]\ntype = "${type}"\n${more}`;
  const commit = '0'.repeat(40);
  const lock = lockOf(
    pack('a', '1', source('legacy', 'url = "https://one.example/simple"\nreference = "one"')),
    pack('a', '2', source('legacy', 'url = "https://two.example/simple"\nreference = "two"')),
    pack('a', '3', source('git', `url = "https://host.example/a"\nresolved_reference = "${commit}"`)),
    pack('a', '4', source('url', 'url = "https://host.example/a.zip"')),
    pack('a', '5', source('directory', 'url = "lib"')),
  );
  const tags = (a: string) => {
    const read = readPoetryLock(question(lock, manifestOf(`a = ${a}`)));
    return read._tag === 'Right'
      ? read.right.packages.map(({ version, source: { _tag } }) => version ?? _tag)
      : read.left;
  };
  assert.equal(tags('{version = "*", source = "one"}'), ['1']);
  assert.equal(tags('{version = "*", source = "two"}'), ['2']);
  assert.equal(tags('{git = "https://host.example/a"}'), ['Git']);
  assert.equal(tags('{url = "https://host.example/a.zip"}'), ['Url']);
  assert.equal(tags('{path = "lib"}'), ['Local']);
});

test('groups may include each other', () => {
  const groups = '[dependency-groups]\nx = [{include-group = "y"}, "a"]\ny = [{include-group = "x"}, "b"]\n';
  const lock = lockOf(pack('a', '1'), pack('b', '1'));
  assert.equal(versionsOf(readPoetryLock, question(lock, groups, { groups: ['x'] })), ['a 1', 'b 1']);
});

test('where the Python is a wrong one, packages that it would need are not missed as well', () => {
  const lock = lockOf(pack('a', '1', 'python-versions = ">=3.9"'));
  const errors = errorsOf(
    readPoetryLock,
    question(lock, manifestOf('a = "*"'), { markers: markersOf('3.8') }),
  );
  assert.equal(errors, [
    { _tag: 'PythonNotSupported', file: '/app/the.lock', line: 7, requires: '>=3.9', python: '3.8' },
  ]);
});

test.run();
