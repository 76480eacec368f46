import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import type { LockQuestion } from '../../../../src/plan/locks/locked/locked-set';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { readPylock } from '../../../../src/plan/locks/pylock/pylock';

const test = suite('pylock.toml');

const LOCK = `lock-version = "1.0"
requires-python = ">=3.9"
environments = ["sys_platform == 'linux'"]
extras = ["fast"]
dependency-groups = ["dev"]
default-groups = ["main"]

[[packages]]
name = "b"
version = "1"
index = "https://index.example/simple"
wheels = [{ url = "https://files.example/b-1-py3-none-any.whl", hashes = { sha256 = "w" } }]

[[packages]]
name = "A"
version = "2"
marker = "python_version >= '3.11'"
index = "${DEFAULT_INDEX}/"
sdist = { name = "a-2.tar.gz", url = "https://files.example/x", hashes = { sha256 = "s" } }

[[packages]]
name = "A"
version = "1"
marker = "python_version < '3.11'"
index = "${DEFAULT_INDEX}/"

[[packages.wheels]]
name = "a-1-py3-none-any.whl"
url = "https://files.example/y"
hashes = { sha256 = "y" }

[[packages]]
name = "main-only"
marker = "'main' in dependency_groups"
archive = { url = "https://files.example/m.zip", subdirectory = "s", hashes = { sha256 = "m" } }

[[packages]]
name = "of-dev"
marker = "'dev' in dependency_groups"
vcs = { type = "git", url = "https://host.example/r", commit-id = "c0ffee0000000000000000000000000000000000", subdirectory = "s" }

[[packages]]
name = "of-fast"
marker = "'fast' in extras"
directory = { path = "../lib/", subdirectory = "s", editable = true }

[[packages]]
name = "the-project"
directory = { path = "./" }
`;

const target = (python: string) => markerEnvironment({ name: 'x', python, glibcMinor: 26 }, 'x86_64');

const question = (text = LOCK, more: Partial<LockQuestion> = {}): LockQuestion => ({
  source: { file: '/repo/pylock.toml', text },
  manifest: null,
  markers: target('3.11'),
  groups: [],
  extras: [],
  ...more,
});

const names = (asked: LockQuestion): readonly string[] => {
  const result = readPylock(asked);
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left));
  return result.right.packages.map(({ name, version }) => `${name} ${version ?? ''}`.trim());
};

const problems = (asked: LockQuestion): unknown => {
  const result = readPylock(asked);
  return result._tag === 'Left' ? result.left : 'none';
};

const invalid = (line: number, reason: string) => ({
  _tag: 'InvalidDeclaration',
  file: '/repo/pylock.toml',
  line,
  reason,
});

test('the packages whose markers hold, by name, without the project itself', () => {
  assert.equal(readPylock(question()), {
    _tag: 'Right',
    right: {
      packages: [
        {
          name: 'A',
          version: '2',
          source: { _tag: 'Index', url: null },
          hashes: ['sha256:s'],
          files: ['a-2.tar.gz'],
          line: 14,
        },
        {
          name: 'b',
          version: '1',
          source: { _tag: 'Index', url: 'https://index.example/simple' },
          hashes: ['sha256:w'],
          files: ['b-1-py3-none-any.whl'],
          line: 8,
        },
        {
          name: 'main-only',
          version: null,
          source: { _tag: 'Url', url: 'https://files.example/m.zip', subdirectory: 's' },
          hashes: ['sha256:m'],
          files: ['m.zip'],
          line: 32,
        },
      ],
      requested: ['a', 'b', 'main-only'],
    },
  });
});

test('targets, groups and extras decide by markers', () => {
  assert.equal(names(question(LOCK, { markers: target('3.9') })), ['A 1', 'b 1', 'main-only']);
  assert.equal(names(question(LOCK, { groups: ['Dev'], extras: ['FAST'] })), [
    'A 2',
    'b 1',
    'main-only',
    'of-dev',
    'of-fast',
  ]);
  assert.equal(names(question(LOCK, { markers: null })), ['A 2', 'A 1', 'b 1', 'main-only']);
});

test('repositories and folders', () => {
  const read = readPylock(question(LOCK, { groups: ['dev'], extras: ['fast'] }));
  assert.equal(read._tag === 'Right' && read.right.packages.slice(3).map(({ source }) => source), [
    {
      _tag: 'Git',
      url: 'https://host.example/r',
      commit: 'c0ffee0000000000000000000000000000000000',
      subdirectory: 's',
    },
    { _tag: 'Local', path: '../lib/s' },
  ]);
});

test('the project is the folder of the manifest', () => {
  const manifest = { file: '/lib/pyproject.toml', text: '' };
  const text = 'lock-version = "1.0"\n[[packages]]\nname = "p"\ndirectory = { path = "../lib" }\n';
  assert.equal(names(question(text, { manifest })), []);
  assert.equal(names(question(text)), ['p']);
});

test('groups and extras that the lock does not have; what it has by default cannot be asked for', () => {
  assert.equal(problems(question(LOCK, { groups: ['main'], extras: ['x'] })), [
    { _tag: 'UnknownGroup', file: '/repo/pylock.toml', kind: 'group', name: 'main', known: ['dev'] },
    { _tag: 'UnknownGroup', file: '/repo/pylock.toml', kind: 'extra', name: 'x', known: ['fast'] },
  ]);
});

test('a Python or an environment that it is not for', () => {
  const python = (line: number, requires: string) => ({
    _tag: 'PythonNotSupported',
    file: '/repo/pylock.toml',
    line,
    requires,
    python: '3.8',
  });
  assert.equal(problems(question(LOCK, { markers: target('3.8') })), [python(2, '>=3.9')]);
  const own =
    'lock-version = "1.0"\n[[packages]]\nname = "p"\nrequires-python = ">3.9"\ndirectory = { path = "p" }\n';
  assert.equal(problems(question(own, { markers: target('3.8') })), [python(2, '>3.9')]);
  assert.equal(problems(question(`lock-version = "1.0"\nenvironments = ["sys_platform == 'win32'"]\n`)), [
    {
      _tag: 'LockNotForTarget',
      file: '/repo/pylock.toml',
      line: 2,
      environments: ["sys_platform == 'win32'"],
      target: 'Python 3.11 on x86_64',
    },
  ]);
});

test('versions of the format', () => {
  assert.equal(names(question('lock-version = "1.7"\n')), []);
  assert.equal(problems(question('lock-version = "2.0"\n')), [
    {
      _tag: 'UnknownLockVersion',
      file: '/repo/pylock.toml',
      line: 1,
      version: '2.0',
      known: 'version 1',
      command: 'uv export --format pylock.toml -o pylock.toml',
    },
  ]);
  assert.equal(problems(question('x = 1\n')), [invalid(1, 'it has no lock-version')]);
  assert.equal(problems(question('x = \n')), [invalid(1, 'invalid value')]);
});

const one = (...lines: readonly string[]): string =>
  ['lock-version = "1.0"', '[[packages]]', 'name = "p"', ...lines, ''].join('\n');

test('what is not as the format says, with its line', () => {
  const reasons: readonly (readonly [string, string])[] = [
    ['x = 1', 'p: it has no source'],
    ['vcs = { type = "hg" }', 'p: its repository is of the type "hg", and only git is supported'],
    ['vcs = { type = "git", commit-id = "c" }', 'p: its repository has no URL'],
    ['vcs = { type = "git", url = "u" }', 'p: its repository has no commit-id'],
    ['directory = {}', 'p: its directory has no path'],
    ['archive = {}', 'p: its archive has neither a URL nor a path'],
    ['sdist = { url = "https://files.example/p.zip" }', 'p: it has no version'],
    [
      'wheels = [{ path = "a.whl" }, { path = "b.whl" }]',
      'p: its files lie on this machine, and only a single local file is supported',
    ],
    ['marker = "odd"', 'the marker "odd" does not parse: "odd" is not a marker variable'],
  ];
  for (const [line, reason] of reasons)
    assert.equal(problems(question(one(line))), [invalid(2, reason)], line);
  assert.equal(problems(question('lock-version = "1.0"\n\n[[packages]]\nversion = "1"\n')), [
    invalid(3, 'a package has no name'),
  ]);
});

test('a single file of this machine, and a version that only the name of a wheel has', () => {
  assert.equal(names(question(one('wheels = [{ path = "p-3-py3-none-any.whl" }]'))), ['p']);
  assert.equal(names(question(one('archive = { path = "p.zip" }'))), ['p']);
  assert.equal(names(question(one('wheels = [{ url = "https://files.example/p-3-py3-none-any.whl" }]'))), [
    'p 3',
  ]);
});

test('two of one name that both hold', () => {
  const twice = one('directory = { path = "a" }', '[[packages]]', 'name = "P"', 'directory = { path = "b" }');
  assert.equal(problems(question(twice)), [invalid(5, 'it has more than one P for the target')]);
});

test.run();
