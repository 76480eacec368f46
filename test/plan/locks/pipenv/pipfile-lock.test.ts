import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { readPipfileLock } from '../../../../src/plan/locks/pipenv/pipfile-lock';
import { errorsOf, markersOf, question, setOf, versionsOf } from '../../support/questions';

const test = suite('pipfile lock');

const PIPFILE = `[[source]]
name = "own"
url = "https://\${USER}:\${PASS}@index.example/simple"
verify_ssl = true

[packages]
Requests = {version = "*", extras = ["socks"]}
pycparser = "*"

[dev-packages]
iniconfig = "*"

[docs]
jinja2 = "*"

[requires]
python_version = "3.11"
`;

const META = {
  hash: { sha256: '26e66d19bf9bf3961e2bc4023b7bef13c7c5a46b7a08edb220db8bdb3bbf3a53' },
  'pipfile-spec': 6,
  requires: { python_version: '3.11' },
  sources: [
    { name: 'own', url: 'https://${USER}:${PASS}@index.example/simple', verify_ssl: true },
    { name: 'other', url: 'https://other.example/simple', verify_ssl: true },
  ],
};

const COMMIT = 'bce24c3c4449f9ea8f3cce3f4d66e09e218c91eb';

const LOCK = {
  _meta: META,
  default: {
    gitpkg: { git: 'https://host.example/g.git', ref: COMMIT, subdirectory: 'sub' },
    mylib: { editable: true, path: './lib' },
    pycparser: {
      hashes: ['sha256:aa', 'sha256:bb'],
      index: 'other',
      markers: "platform_machine == 'x86_64'",
      version: '==2.21',
    },
    requests: { extras: ['socks'], hashes: ['sha256:cc'], version: '==2.31.0' },
    windows: { sys_platform: "== 'win32'", version: '==1.0' },
  },
  develop: { iniconfig: { hashes: [], version: '==2.0.0' } },
  docs: { jinja2: { version: '==3.1.2' }, zipped: { file: 'https://files.example/z.zip' } },
};

const written = (lock: unknown): string => JSON.stringify(lock, null, 4);
const asked = (more: Parameters<typeof question>[2] = {}) => question(written(LOCK), PIPFILE, more);
const invalid = (line: number, reason: string) => ({
  _tag: 'InvalidDeclaration',
  file: '/app/the.lock',
  line,
  reason,
});

const MAIN = ['gitpkg -', 'mylib -', 'pycparser 2.21', 'requests 2.31.0'];

test('the default section, and others where they are asked for', () => {
  assert.equal(versionsOf(readPipfileLock, asked()), MAIN);
  assert.equal(
    versionsOf(readPipfileLock, asked({ markers: markersOf('3.11', 'arm64') })),
    MAIN.filter((each) => each !== 'pycparser 2.21'),
  );
  const withDev = ['gitpkg -', 'iniconfig 2.0.0', 'mylib -', 'pycparser 2.21', 'requests 2.31.0'];
  for (const dev of ['dev', 'develop', 'dev-packages'])
    assert.equal(versionsOf(readPipfileLock, asked({ groups: [dev] })), withDev);
  assert.equal(versionsOf(readPipfileLock, asked({ groups: ['docs'] })), [
    ...['gitpkg -', 'jinja2 3.1.2', 'mylib -', 'pycparser 2.21', 'requests 2.31.0', 'zipped -'],
  ]);
  assert.equal(versionsOf(readPipfileLock, asked({ markers: null })), [...MAIN, 'windows 1.0']);
});

test('where packages come from, and what the project asks for', () => {
  const { packages, requested } = setOf(readPipfileLock, asked({ groups: ['docs'] }));
  assert.equal(requested, ['jinja2', 'pycparser', 'requests']);
  const own = 'https://${USER}:${PASS}@index.example/simple';
  assert.equal(
    packages.map(({ name, source, hashes, files, line }) => [name, source, hashes, files, line]),
    [
      [
        'gitpkg',
        { _tag: 'Git', url: 'https://host.example/g.git', commit: COMMIT, subdirectory: 'sub' },
        [],
        null,
        24,
      ],
      ['jinja2', { _tag: 'Index', url: own }, [], null, 63],
      ['mylib', { _tag: 'Local', path: './lib' }, [], null, 29],
      [
        'pycparser',
        { _tag: 'Index', url: 'https://other.example/simple' },
        ['sha256:aa', 'sha256:bb'],
        null,
        33,
      ],
      ['requests', { _tag: 'Index', url: own }, ['sha256:cc'], null, 42],
      ['zipped', { _tag: 'Url', url: 'https://files.example/z.zip', subdirectory: null }, [], null, 66],
    ],
  );
});

test('the index that installers ask by default is null, also where a lock names no source', () => {
  const index = (sources: unknown) => {
    const lock = { _meta: { 'pipfile-spec': 6, sources }, default: { a: { version: '==1' } } };
    return setOf(readPipfileLock, question(written(lock), null)).packages[0]?.source;
  };
  assert.equal(index([{ name: 'pypi', url: DEFAULT_INDEX }]), { _tag: 'Index', url: null });
  assert.equal(index([]), { _tag: 'Index', url: null });
});

test('another Pipfile, another Python and unknown names are told at once', () => {
  const lock = question(written(LOCK), PIPFILE.replace('jinja2 = "*"', 'jinja2 = "3"'), {
    markers: markersOf('3.12'),
    groups: ['nope', '_meta'],
    extras: ['socks'],
  });
  const known = ['develop', 'docs'];
  assert.equal(errorsOf(readPipfileLock, lock), [
    { _tag: 'PythonNotSupported', file: '/app/the.lock', line: 8, requires: '3.11', python: '3.12' },
    {
      _tag: 'LockOutdated',
      file: '/app/the.lock',
      manifest: '/app/manifest',
      line: 6,
      reason: 'its hash is that of another Pipfile',
      command: 'pipenv lock',
    },
    { _tag: 'UnknownGroup', file: '/app/the.lock', kind: 'group', name: 'nope', known },
    { _tag: 'UnknownGroup', file: '/app/the.lock', kind: 'group', name: '_meta', known },
    { _tag: 'UnknownGroup', file: '/app/the.lock', kind: 'extra', name: 'socks', known: [] },
  ]);
});

test('a patch level is not compared, a major version alone is enough, the whole version comes first', () => {
  const python = (requires: Record<string, string>) => {
    const lock = { ...LOCK, _meta: { ...META, requires } };
    const read = readPipfileLock(question(written(lock), null));
    return read._tag === 'Right' ? null : read.left;
  };
  assert.is(python({ python_full_version: '3.11.4', python_version: '3.10' }), null);
  assert.is(python({ python_version: '3' }), null);
  assert.is(python({ python_version: '*' }), null);
  assert.is(python({}), null);
  assert.equal(python({ python_full_version: '3.10.4' }), [
    { _tag: 'PythonNotSupported', file: '/app/the.lock', line: 8, requires: '3.10.4', python: '3.11' },
  ]);
});

test('another format, and what is not valid JSON at all', () => {
  const unknown = (version: string) => ({
    _tag: 'UnknownLockVersion',
    file: '/app/the.lock',
    line: 1,
    version,
    known: 'pipfile-spec 6',
    command: 'pipenv lock',
  });
  const of = (text: string) => errorsOf(readPipfileLock, question(text, null));
  assert.equal(of('{"_meta": {"pipfile-spec": 7}}'), [unknown('pipfile-spec 7')]);
  assert.equal(of('{}'), [unknown('no pipfile-spec')]);
  assert.equal(of('[]'), [unknown('no pipfile-spec')]);
  assert.equal(of('{\n  "_meta": {\n'), [invalid(2, 'it is not valid JSON')]);
});

test('what cannot be installed is told with its line', () => {
  const of = (entry: unknown) => {
    const lock = { _meta: META, default: { a: entry } };
    return errorsOf(readPipfileLock, question(written(lock), null));
  };
  assert.equal(of({ version: '*' }), [invalid(24, 'a has no locked version')]);
  assert.equal(of({ version: '==1', index: 'x' }), [invalid(24, 'a: it has no source "x"')]);
  assert.equal(of({ git: 'https://host.example/a', ref: 'main' }), [
    invalid(24, 'a: "main" is not a whole commit id'),
  ]);
  assert.equal(of({ hg: 'https://host.example/a' }), [invalid(24, 'a: hg is not supported, only git')]);
  const [error] = of({ version: '==1', markers: 'python_version' });
  assert.is(error?._tag === 'InvalidDeclaration' && error.line, 24);
});

test('a password of an index is in no package: what declares the index is refused', () => {
  const sources = [{ name: 'own', url: 'https://me:secret@index.example/simple' }];
  const lock = { _meta: { 'pipfile-spec': 6, sources }, default: { a: { version: '==1' } } };
  const { packages } = setOf(readPipfileLock, question(written(lock), null));
  assert.equal(packages[0]?.source, { _tag: 'Index', url: 'https://index.example/simple' });
});

test('__proto__ is a package as any other', () => {
  const text = written(LOCK).replace('"requests"', '"__proto__"');
  assert.equal(versionsOf(readPipfileLock, question(text, null)), [
    ...['__proto__ 2.31.0', 'gitpkg -', 'mylib -', 'pycparser 2.21'],
  ]);
});

test.run();
