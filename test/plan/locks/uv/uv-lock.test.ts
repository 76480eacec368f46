import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import type { LockQuestion } from '../../../../src/plan/locks/locked/locked-set';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';

const test = suite('uv.lock');

const LOCK = `version = 1
revision = 3
requires-python = ">=3.10.2"

[manifest]
members = ["app", "member", "unrelated"]

[[package]]
name = "app"
version = "1.0"
source = { virtual = "." }
dependencies = [
    { name = "first" },
    { name = "forked", version = "1.0", source = { registry = "${DEFAULT_INDEX}" }, marker = "python_full_version < '3.11'" },
    { name = "forked", version = "2.0", source = { registry = "${DEFAULT_INDEX}" }, marker = "python_full_version >= '3.11'" },
    { name = "member", extra = ["more"] },
    { name = "windows-only", marker = "sys_platform == 'win32'" },
]

[package.optional-dependencies]
fast = [{ name = "quick" }]

[package.dev-dependencies]
dev = [{ name = "tool" }, { name = "app", extra = ["fast"] }]

[package.metadata.requires-dev]
dev = []
Empty_Group = []

[[package]]
name = "first"
version = "0.1"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/first-0.1.tar.gz", hash = "sha256:s", size = 1 }
wheels = [{ url = "https://files.example/first-0.1-py3-none-any.whl", hash = "sha256:w", size = 1 }]

[[package]]
name = "forked"
version = "1.0"
source = { registry = "${DEFAULT_INDEX}" }
resolution-markers = ["python_full_version < '3.11'"]

[[package]]
name = "forked"
version = "2.0"
source = { registry = "${DEFAULT_INDEX}" }
resolution-markers = ["python_full_version >= '3.11'"]

[[package]]
name = "member"
version = "1"
source = { editable = "packages/member" }

[package.optional-dependencies]
more = [{ name = "archive" }]

[package.dev-dependencies]
dev = [{ name = "tool" }]

[[package]]
name = "archive"
version = "3"
source = { path = "vendor/archive-3-py3-none-any.whl" }
wheels = [{ filename = "archive-3-py3-none-any.whl", hash = "sha256:v" }]

[[package]]
name = "quick"
version = "4"
source = { git = "https://host.example/quick?rev=v4#0123456789abcdef0123456789abcdef01234567" }

[[package]]
name = "tool"
version = "5"
source = { url = "https://files.example/tool-5.zip" }
sdist = { hash = "sha256:t" }

[[package]]
name = "unrelated"
source = { editable = "packages/unrelated" }
dependencies = [{ name = "windows-only" }]

[[package]]
name = "windows-only"
version = "6"
source = { registry = "${DEFAULT_INDEX}" }
`;

const target = (python: string) => markerEnvironment({ name: 'x', python, glibcMinor: 26 }, 'x86_64');

const question = (more: Partial<LockQuestion> & { readonly text?: string } = {}): LockQuestion => ({
  source: { file: '/repo/uv.lock', text: more.text ?? LOCK },
  manifest: null,
  markers: target('3.11'),
  groups: [],
  extras: [],
  ...more,
});

const names = (asked: LockQuestion): readonly string[] => {
  const result = readUvLock(asked);
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left));
  return result.right.packages.map(({ name, version }) => `${name} ${String(version)}`);
};

const problems = (asked: LockQuestion): unknown => {
  const result = readUvLock(asked);
  return result._tag === 'Left' ? result.left : 'none';
};

const invalid = (line: number, reason: string) => ({
  _tag: 'InvalidDeclaration',
  file: '/repo/uv.lock',
  line,
  reason,
});

test('what the project needs on the target, without itself, by name', () => {
  assert.equal(readUvLock(question()), {
    _tag: 'Right',
    right: {
      packages: [
        {
          name: 'archive',
          version: '3',
          source: { _tag: 'Local', path: 'vendor/archive-3-py3-none-any.whl' },
          hashes: ['sha256:v'],
          files: ['archive-3-py3-none-any.whl'],
          line: 60,
        },
        {
          name: 'first',
          version: '0.1',
          source: { _tag: 'Index', url: 'https://index.example/simple' },
          hashes: ['sha256:w', 'sha256:s'],
          files: ['first-0.1-py3-none-any.whl', 'first-0.1.tar.gz'],
          line: 30,
        },
        {
          name: 'forked',
          version: '2.0',
          source: { _tag: 'Index', url: null },
          hashes: [],
          files: null,
          line: 43,
        },
        {
          name: 'member',
          version: '1',
          source: { _tag: 'Local', path: 'packages/member' },
          hashes: [],
          files: null,
          line: 49,
        },
      ],
      requested: ['first', 'forked', 'member'],
    },
  });
});

test('another target takes another fork; without one all that may be needed', () => {
  assert.equal(names(question({ markers: target('3.10') })), [
    'archive 3',
    'first 0.1',
    'forked 1.0',
    'member 1',
  ]);
  assert.equal(names(question({ markers: null })), [
    'archive 3',
    'first 0.1',
    'forked 1.0',
    'forked 2.0',
    'member 1',
    'windows-only 6',
  ]);
});

test('extras and groups only where they are asked for', () => {
  const extra = question({ extras: ['FAST'] });
  assert.equal(names(extra), ['archive 3', 'first 0.1', 'forked 2.0', 'member 1', 'quick 4']);
  const group = question({ groups: ['dev', 'empty-group'] });
  assert.equal(names(group), ['archive 3', 'first 0.1', 'forked 2.0', 'member 1', 'quick 4', 'tool 5']);
  const read = readUvLock(group);
  assert.equal(read._tag === 'Right' && read.right.requested, ['first', 'forked', 'member', 'tool']);
});

test('groups and extras that the project does not have', () => {
  const unknown = (kind: string, name: string, known: readonly string[]) => ({
    _tag: 'UnknownGroup',
    file: '/repo/uv.lock',
    kind,
    name,
    known,
  });
  assert.equal(problems(question({ groups: ['test'], extras: ['more'] })), [
    unknown('group', 'test', ['dev', 'empty-group']),
    unknown('extra', 'more', ['fast']),
  ]);
});

test('the project is the one in the folder of the manifest', () => {
  const manifest = { file: '/repo/packages/member/pyproject.toml', text: '' };
  assert.equal(names(question({ manifest })), []);
  assert.equal(names(question({ manifest, groups: ['dev'] })), ['tool 5']);
  assert.equal(names(question({ manifest: { file: '/repo/packages/unrelated/pyproject.toml', text: '' } })), [
    'windows-only 6',
  ]);
  const other = { file: '/repo/other/pyproject.toml', text: '' };
  assert.equal(problems(question({ manifest: other })), [
    invalid(1, 'it has no package in the folder of /repo/other/pyproject.toml'),
  ]);
  assert.equal(problems(question({ text: 'version = 1\n' })), [
    invalid(1, 'it has no package in the folder of the lock itself'),
  ]);
});

test('a Python that the lock is not for; a patch level that it asks for is no reason', () => {
  assert.equal(problems(question({ markers: target('3.9') })), [
    {
      _tag: 'PythonNotSupported',
      file: '/repo/uv.lock',
      line: 3,
      requires: '>=3.10.2',
      python: '3.9',
    },
  ]);
});

test('a lock of a script installs what the script asks for', () => {
  const text = `version = 1
[manifest]
requirements = [{ name = "a", specifier = ">=1" }]
[[package]]
name = "a"
version = "1"
source = { registry = "${DEFAULT_INDEX}" }
`;
  const manifest = { file: '/repo/x.py', text: '' };
  assert.equal(names(question({ text, manifest })), ['a 1']);
  assert.equal(problems(question({ text, manifest, extras: ['x'] })), [
    { _tag: 'UnknownGroup', file: '/repo/uv.lock', kind: 'extra', name: 'x', known: [] },
  ]);
});

const project = (dependencies: string, packages: string): string => `version = 1
[[package]]
name = "p"
source = { virtual = "." }
dependencies = [${dependencies}]
${packages}`;

test('two of one name for one target', () => {
  const twice = ['1', '2'].map(
    (version) =>
      `[[package]]\nname = "a"\nversion = "${version}"\nsource = { registry = "${DEFAULT_INDEX}" }\n`,
  );
  const text = project('{ name = "a" }', twice.join(''));
  assert.equal(problems(question({ text })), [invalid(10, 'it has more than one a for the target')]);
  assert.equal(names(question({ text, markers: null })), ['a 1', 'a 2']);
});

test('packages of one version are told apart by their source', () => {
  const both = ['index', 'mirror'].map(
    (host) =>
      `[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "https://${host}.example/simple" }\n`,
  );
  const edge = '{ name = "a", version = "1", source = { registry = "https://mirror.example/simple" } }';
  const read = readUvLock(question({ text: project(edge, both.join('')) }));
  assert.equal(read._tag === 'Right' && read.right.packages.map(({ source }) => source), [
    { _tag: 'Index', url: 'https://mirror.example/simple' },
  ]);
});

test.run();
