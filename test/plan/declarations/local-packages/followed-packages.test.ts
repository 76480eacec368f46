import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NamedLocal } from '../../../../src/plan/declarations/local-packages/followed-packages';
import {
  coversSources,
  followedLine,
  followPackages,
  neighboursOf,
} from '../../../../src/plan/declarations/local-packages/followed-packages';
import type { LocalPackage } from '../../../../src/plan/model/source-snapshot';
import { folder } from '../../support/world';

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
  followPackages(from, libs).locals.map((need) => followedLine(need, need.path));

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

test('once where two lead there, and again where it is named for some targets alone', () => {
  const libs = [lib('a', ['b', 'c']), lib('b', ['d[y,x]']), lib('c', ['d[x,y]']), lib('d', [])];
  assert.equal(linesOf([named('a')], libs), ['/libs/b', '/libs/c', '/libs/d[y,x]']);
  assert.equal(linesOf([named('a'), named('c', 'os_name == "posix"')], libs).includes('/libs/c'), true);
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
  assert.equal(gone.locals, [
    { name: 'b', extras: [], marker: null, path: '/libs/b', file: '/libs/a/pyproject.toml', line: 3 },
  ]);
  const broken = { ...folder('a', '/libs/a'), pyproject: '[tool.uv.sources\n' };
  const dynamic = { ...broken, pyproject: '[project]\ndynamic = ["dependencies"]\n[tool.uv.sources]\n' };
  for (const local of [broken, dynamic, folder('a', '/libs/a')])
    assert.equal(linesOf([named('a')], [local]), []);
});

/** A package at `/a` with lines of its pyproject.toml. */
const withLines = (lines: readonly string[], more: Partial<LocalPackage> = {}): LocalPackage => ({
  ...folder('a', '/a'),
  pyproject: lines.join('\n'),
  ...more,
});

const ASKED: NamedLocal = { path: '/a', extras: [], marker: 'os_name == "posix"' };

test('Git repositories and URLs become requirements, once, with the markers of the way', () => {
  const local = withLines([
    '[project]',
    'dependencies = ["g", "u[x] >= 1 ; python_version < \'3.12\'", "requests"]',
    '[tool.uv.sources]',
    'g = { git = "https://example.com/g", rev = "v1" }',
    'u = { url = "https://example.com/u-1.0.tar.gz" }',
  ]);
  assert.equal(followPackages([ASKED, ASKED], [local]), {
    locals: [],
    fetched: [
      {
        text: 'g @ git+https://example.com/g@v1 ; os_name == "posix"',
        file: '/a/pyproject.toml',
        line: 2,
      },
      {
        text: `u[x] @ https://example.com/u-1.0.tar.gz ; (os_name == "posix") and (python_version < '3.12')`,
        file: '/a/pyproject.toml',
        line: 2,
      },
    ],
    problems: [],
  });
});

test('members of a workspace are found by its root, which may say where others come from', () => {
  const root = {
    file: '/pyproject.toml',
    text: [
      '[tool.uv.workspace]',
      'members = ["a", "b"]',
      '[tool.uv.sources]',
      'B = { workspace = true }',
      'c = [{ path = "libs/c", marker = "os_name == \'posix\'" }, { path = "libs/c2", marker = "os_name != \'posix\'" }]',
      'd = { path = "libs/d" }',
    ].join('\n'),
  };
  const workspace = { root, members: [{ name: 'my-b', path: '/b' }] };
  const lines = ['[project]', 'dependencies = ["My_B[x]", "c", "d"]'];
  const own = ['[tool.uv.sources]', 'My_B = { workspace = true }', 'D = { path = "own" }'];
  const found = followPackages([{ ...ASKED, marker: null }], [withLines([...lines, ...own], { workspace })]);
  assert.equal(
    found.locals.map((need) => followedLine(need, need.path)),
    ["/libs/c ; os_name == 'posix'", "/libs/c2 ; os_name != 'posix'", '/a/own', '/b[x]'],
  );
  assert.equal(found.problems, []);
  assert.equal(neighboursOf(withLines([...lines, ...own], { workspace })).length, 4);
  const inherited = followPackages(
    [ASKED],
    [withLines(['[project]', 'dependencies = ["d"]'], { workspace })],
  );
  assert.equal(
    inherited.locals.map(({ path: place }) => place),
    ['/libs/d'],
  );
});

test('a member that is none, and an index, are told once where they are named', () => {
  const lines = [
    '[project]',
    'dependencies = [',
    '  "m",',
    '  "own",',
    ']',
    '[tool.uv.sources]',
    'm = { workspace = true }',
    'own = { index = "private" }',
  ];
  const file = '/a/pyproject.toml';
  const indexed = { _tag: 'IndexNotFollowed', file, line: 4, name: 'own', index: 'private' };
  const missing = { _tag: 'WorkspaceMemberNotFound', file, line: 3, name: 'm' };
  const twice = [ASKED, { ...ASKED, marker: null }];
  assert.equal(followPackages(twice, [withLines(lines)]).problems, [{ ...missing, root: null }, indexed]);
  const workspace = { root: { file: '/pyproject.toml', text: '' }, members: [{ name: 'n', path: '/n' }] };
  assert.equal(followPackages(twice, [withLines(lines, { workspace })]).problems, [
    { ...missing, root: '/pyproject.toml' },
    indexed,
  ]);
});

test('the installer leaves sources alone where there are some, and all could be read', () => {
  assert.ok(coversSources([lib('a', ['b']), folder('b', '/b')]));
  assert.not(coversSources([folder('b', '/b')]));
  assert.not(
    coversSources([lib('a', []), withLines(['[tool.hatch.build]', 'sources = ["src"] # not of uv'])]),
  );
  assert.not(coversSources([lib('a', ['b']), withLines(['[tool.uv.sources'])]));
  assert.equal(neighboursOf(lib('a', ['b'])), ['/libs/b']);
});

test.run();
