import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NamedLocal } from '../../../src/plan/declarations/followed-packages';
import {
  coversSources,
  followedLine,
  followPackages,
  neighboursOf,
} from '../../../src/plan/declarations/followed-packages';
import type { LocalPackage } from '../../../src/plan/source-snapshot';
import { folder } from '../support/world';

const test = suite('local packages that others name');

/** A package at `/libs/<name>` whose sources are paths beside it. */
const lib = (name: string, dependencies: readonly string[], more: readonly string[] = []): LocalPackage => {
  const names = [...new Set([...dependencies, ...more].join(' ').match(/\b[a-z](?=[\s"[;]|$)/g) ?? [])];
  const text = [
    '[project]',
    `name = "${name}"`,
    `dependencies = [${dependencies.map((each) => `'${each}'`).join(', ')}]`,
    ...more,
    '[tool.uv.sources]',
    ...names.map((each) => `${each} = { path = "../${each}" }`),
  ].join('\n');
  return { ...folder(name, `/libs/${name}`), pyproject: text };
};

const named = (name: string, marker: string | null = null, ...extras: readonly string[]): NamedLocal => ({
  path: `/libs/${name}`,
  extras,
  marker,
});

const linesOf = (from: readonly NamedLocal[], libs: readonly LocalPackage[]): readonly string[] =>
  followPackages(from, libs).map((need) => followedLine(need, need.path));

test('each comes once, with the markers of the way to it; a circle ends', () => {
  const libs = [
    lib('a', ['b ; python_version < "3.12"', 'c']),
    lib('b', ['d ; sys_platform == "linux"', 'a']),
    lib('c', ['a', 'c', 'd']),
    lib('d', []),
  ];
  assert.equal(linesOf([named('a')], libs), [
    '/libs/b ; python_version < "3.12"',
    '/libs/c',
    '/libs/d ; (python_version < "3.12") and (sys_platform == "linux")',
    '/libs/d',
  ]);
  assert.equal(linesOf([named('a'), named('b'), named('c'), named('d')], libs), []);
  assert.equal(linesOf([named('c', 'os_name == "posix"'), named('d')], libs), [
    '/libs/a ; os_name == "posix"',
    '/libs/b ; (os_name == "posix") and (python_version < "3.12")',
  ]);
});

test('what only an extra needs, where it is asked for', () => {
  const extras = ['[project.optional-dependencies]', "fast = ['b[x]']", "slow = ['c']"];
  const libs = [lib('a', [], extras), lib('b', []), lib('c', [])];
  assert.equal(linesOf([named('a')], libs), []);
  assert.equal(linesOf([named('a', null, 'Fast', 'unknown')], libs), ['/libs/b[x]']);
  assert.equal(linesOf([named('a', null, 'fast'), named('b')], libs), ['/libs/b[x]']);
  assert.equal(linesOf([named('a', null, 'fast'), named('b', null, 'x')], libs), []);
});

test('what is not there is asked for as well, and what cannot be read asks for nothing', () => {
  const gone = followPackages([named('a')], [lib('a', ['b'])]);
  assert.equal(gone, [
    { name: 'b', extras: [], marker: null, path: '/libs/b', file: '/libs/a/pyproject.toml', line: 3 },
  ]);
  const broken = { ...folder('a', '/libs/a'), pyproject: '[tool.uv.sources\n' };
  const dynamic = { ...broken, pyproject: '[project]\ndynamic = ["dependencies"]\n[tool.uv.sources]\n' };
  for (const local of [broken, dynamic, folder('a', '/libs/a')])
    assert.equal(linesOf([named('a')], [local]), []);
});

test('sources of another kind than paths are for uv alone', () => {
  const git = {
    ...folder('a', '/a'),
    pyproject: '[tool.uv.sources]\nb = { git = "https://example.com/b" }\n',
  };
  const two = {
    ...folder('a', '/a'),
    pyproject: '[tool.uv.sources]\nb = [{ path = "b" }, { workspace = true }]\n',
  };
  assert.ok(coversSources([lib('a', ['b']), folder('b', '/b')]));
  assert.not(coversSources([lib('a', ['b']), git]));
  assert.not(coversSources([two]));
  assert.equal(neighboursOf(lib('a', ['b'])), ['/libs/b']);
});

test.run();
