import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { lockedRequirements } from '../../../../src/plan/declarations/sets/locked-requirements';
import type { LockedPackage } from '../../../../src/plan/locks/locked/locked-set';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import type { LocalPackage, ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { file, folder } from '../../support/world';

const test = suite('the requirements of a lock');

const runtime = findRuntime('3.11');
if (runtime === undefined) throw new Error('no 3.11');
const target = runtimeOf(runtime, 'x86_64', 'prop');

const declaration = (
  localPackages: readonly LocalPackage[] = [],
  kind: ProjectDeclaration['kind'] = 'uv',
): ProjectDeclaration => ({
  kind,
  source: { file: '/repo/app/uv.lock', text: '' },
  manifest: null,
  localPackages,
});

const locked = (changes: Partial<LockedPackage> = {}): LockedPackage => ({
  name: 'Six',
  version: '1.16.0',
  source: { _tag: 'Index', url: null },
  hashes: ['sha256:aa', 'sha256:bb'],
  files: ['six-1.16.0-py2.py3-none-any.whl', 'six-1.16.0.tar.gz'],
  line: 3,
  ...changes,
});

const read = (
  packages: readonly LockedPackage[],
  options: Partial<DependencyRequest> = {},
  locals: readonly LocalPackage[] = [],
  kind?: ProjectDeclaration['kind'],
) =>
  lockedRequirements(
    declaration(locals, kind),
    { packages, requested: ['Six'] },
    { ...DEFAULT_DEPENDENCIES, ...options },
    target,
  );

const set = (...asked: Parameters<typeof read>) => {
  const found = read(...asked);
  if (isLeft(found) || found.right === null) throw new Error(JSON.stringify(found));
  return found.right;
};

/** The generated files by their names. */
const texts = (...asked: Parameters<typeof read>): Readonly<Record<string, string>> =>
  Object.fromEntries(set(...asked).generated.map(({ path, text }) => [path, text]));

const errors = (...asked: Parameters<typeof read>) => {
  const found = read(...asked);
  return isLeft(found) ? found.left : [];
};

test('an empty lock installs nothing', () => {
  assert.equal(read([]), { _tag: 'Right', right: null });
});

test('versions with their hashes, of which nothing is resolved any more', () => {
  assert.equal(set([locked(), locked({ name: 'idna', version: '3.6', hashes: ['sha256:cc'] })]), {
    declaration: '/repo/app/uv.lock',
    inputs: [],
    generated: [
      {
        path: 'locked-requirements.txt',
        text: 'Six==1.16.0 --hash=sha256:aa --hash=sha256:bb\nidna==3.6 --hash=sha256:cc\n',
      },
    ],
    workingDirectory: '.',
    requirements: ['locked-requirements.txt'],
    isLocked: true,
    isHashed: true,
    isExact: false,
    mayBeEmpty: false,
    localPackages: [],
    builds: [],
    mayBuild: false,
    requested: ['six'],
    environment: [],
    warnings: [],
  });
});

test('what may be built, and what is checked', () => {
  const told = (...packages: readonly LockedPackage[]) => {
    const { mayBuild, isHashed } = set(packages);
    return { mayBuild, isHashed };
  };
  const wheel = ['six-1.16.0-py2.py3-none-any.whl', 'six-1.16.0.tar.gz'];
  const git = {
    _tag: 'Git',
    url: 'https://x.example/c',
    commit: 'a'.repeat(40),
    subdirectory: null,
  } as const;
  const url = (name: string) =>
    ({ _tag: 'Url', url: `https://x.example/${name}`, subdirectory: null }) as const;
  assert.equal(told(locked({ files: wheel })), { mayBuild: false, isHashed: true });
  assert.equal(told(locked({ files: wheel, hashes: [] })), { mayBuild: false, isHashed: false });
  assert.equal(told(locked({ files: ['six-1.16.0.tar.gz'] })), { mayBuild: true, isHashed: true });
  assert.equal(told(locked({ files: null })), { mayBuild: true, isHashed: true });
  assert.equal(told(locked({ files: wheel }), locked({ name: 'c', source: git, hashes: [] })), {
    mayBuild: true,
    isHashed: false,
  });
  assert.equal(told(locked({ source: url('a-1-py3-none-any.whl') })), { mayBuild: false, isHashed: true });
  assert.equal(told(locked({ source: url('a-1.zip') })), { mayBuild: true, isHashed: false });
});

test('what has no hash is in a file of its own: URLs, commits, folders', () => {
  const commit = 'a'.repeat(40);
  const lib = folder('lib', '/repo/libs/lib', [file('pyproject.toml'), file('lib.py')]);
  const other = folder('other', '/repo/other');
  const found = set(
    [
      locked(),
      locked({
        name: 'a',
        source: { _tag: 'Url', url: 'https://x.example/a.whl', subdirectory: null },
        hashes: ['sha256:dd'],
      }),
      locked({
        name: 'b',
        source: { _tag: 'Url', url: 'https://x.example/b.zip', subdirectory: 'in' },
        hashes: [],
      }),
      locked({
        name: 'c',
        source: { _tag: 'Git', url: 'https://x.example/c', commit, subdirectory: null },
        hashes: [],
      }),
      locked({
        name: 'd',
        source: { _tag: 'Git', url: 'https://x.example/d', commit, subdirectory: 'py' },
        hashes: [],
      }),
      locked({ name: 'lib', version: null, source: { _tag: 'Local', path: '../libs/lib' }, hashes: [] }),
    ],
    {},
    [lib, other],
  );
  assert.equal(found.generated, [
    {
      path: 'app/locked-requirements.txt',
      text: 'Six==1.16.0 --hash=sha256:aa --hash=sha256:bb\na @ https://x.example/a.whl --hash=sha256:dd\n',
    },
    {
      path: 'app/locked-without-hashes.txt',
      text: [
        'b @ https://x.example/b.zip#subdirectory=in',
        `c @ git+https://x.example/c@${commit}`,
        `d @ git+https://x.example/d@${commit}#subdirectory=py`,
        '../libs/lib',
        '',
      ].join('\n'),
    },
  ]);
  assert.is(found.workingDirectory, 'app');
  assert.equal(found.requirements, ['locked-requirements.txt', 'locked-without-hashes.txt']);
  assert.equal(found.localPackages, ['b', 'c', 'd', 'lib']);
  assert.equal(
    found.inputs.map(({ path, from }) => [path, from]),
    [
      ['libs/lib/pyproject.toml', '/repo/libs/lib/pyproject.toml'],
      ['libs/lib/lib.py', '/repo/libs/lib/lib.py'],
    ],
  );
});

test('what is said of a poetry.lock switches nothing off for another lock', () => {
  const elsewhere = locked({ source: { _tag: 'Index', url: 'https://b.example/simple' } });
  for (const kind of ['uv', 'pdm', 'pipenv', 'pylock'] as const)
    assert.equal(
      texts([elsewhere], { hashes: false, urls: false }, [], kind),
      texts([elsewhere], {}, [], kind),
      kind,
    );
});

test('hashes of a poetry.lock stay out on request', () => {
  assert.equal(texts([locked()], { hashes: false }, [], 'poetry'), {
    'locked-without-hashes.txt': 'Six==1.16.0\n',
  });
});

const elsewhere = (changes: Partial<LockedPackage> = {}): LockedPackage =>
  locked({ name: 'corp', source: { _tag: 'Index', url: 'https://b.example/simple' }, ...changes });

test('a lock with one index has one run', () => {
  assert.equal(texts([elsewhere()]), {
    'locked-requirements.txt':
      '--index-url https://b.example/simple\ncorp==1.16.0 --hash=sha256:aa --hash=sha256:bb\n',
  });
  assert.is(set([elsewhere()]).runs, undefined);
  assert.equal(Object.values(texts([elsewhere()], { urls: false, hashes: false }, [], 'poetry')), [
    'corp==1.16.0\n',
  ]);
});

test('variables of an index of the options', () => {
  assert.equal(set([locked()], { index: 'https://${USER_1}:${TOKEN}@i.example' }).environment, [
    'USER_1',
    'TOKEN',
  ]);
});

test('a package of which no file loads on the target', () => {
  const files = ['x-1-cp311-cp311-win_amd64.whl', 'x-1-cp39-cp39-manylinux2014_x86_64.whl'];
  assert.equal(errors([locked({ name: 'x', version: '1', files })]), [
    { _tag: 'NoFileForTarget', file: '/repo/app/uv.lock', line: 3, requirement: 'x 1', files },
  ]);
  assert.equal(errors([locked({ files: [...files, 'x-1.zip'] })]), []);
  assert.equal(
    errors([locked({ files: [...files, 'x-1-cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'] })]),
    [],
  );
  assert.equal(errors([locked({ files: null })]), []);
});

test('a wheel of a URL or a path that is for something else', () => {
  const wheel = 'x-1-cp311-cp311-win_amd64.whl';
  const error = {
    _tag: 'WheelNotForTarget',
    file: '/repo/app/uv.lock',
    line: 3,
    wheel,
    tag: 'cp311-cp311-win_amd64',
    target: 'python3.11 on x86_64',
  };
  const url = (name: string): Partial<LockedPackage> => ({
    source: { _tag: 'Url', url: `https://x.example/${name}`, subdirectory: null },
  });
  assert.equal(errors([locked(url(wheel)), locked({ source: { _tag: 'Local', path: `../${wheel}` } })]), [
    error,
    error,
  ]);
  assert.equal(errors([locked(url('x-1-py3-none-any.whl'))]), []);
});

test('a password in a URL is never a part of a plan', () => {
  const url = 'https://user:secret@x.example/simple';
  const error = { _tag: 'CredentialsInDeclaration', file: '/repo/app/uv.lock', line: 3 };
  assert.equal(errors([locked({ source: { _tag: 'Index', url } })]), [error]);
  assert.equal(errors([locked({ source: { _tag: 'Url', url, subdirectory: null } })]), [error]);
  assert.equal(errors([locked({ source: { _tag: 'Git', url, commit: 'a', subdirectory: null } })]), [error]);
  const named = url.replace('user:secret', '${USER}:${TOKEN}');
  assert.equal(errors([locked({ source: { _tag: 'Index', url: named } })]), []);
});

test('hashes as a policy', () => {
  const none = locked({ name: 'x', hashes: [] });
  const lib = locked({ name: 'lib', source: { _tag: 'Local', path: 'lib' }, hashes: [] });
  const error = (...requirements: readonly string[]) => [
    { _tag: 'NotHashed', file: '/repo/app/uv.lock', requirements, lines: requirements.map(() => 3) },
  ];
  assert.equal(errors([locked(), none, lib], { requireHashes: true }), error('x 1.16.0'));
  assert.equal(errors([locked(), lib], { requireHashes: true }), []);
  assert.equal(errors([locked()], { requireHashes: true, hashes: false }, [], 'poetry'), error('Six 1.16.0'));
});

test.run();
