import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SourceFile, TargetRuntime } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { assetHash, bytecodeHash, contentHash, dependenciesHash } from '../../../src/plan/parts/plan-hash';
import { planned, request, requiring } from '../support/world';

const test = suite('plan hash');

const { install, runtime } = planned(request({ runtime: { prop: '3.11' } }), requiring('six\n'));
if (install === null) throw new Error('no install');
const [input] = install.inputs;
if (input === undefined) throw new Error('no input');

const source = (path: string, changes: Partial<SourceFile> = {}): SourceFile => ({
  from: path,
  path,
  size: 1,
  executable: false,
  digest: sha256(path),
  ...changes,
});

const hash = (
  changes: Partial<InstallPlan> = {},
  target: Partial<TargetRuntime> = {},
  image = 'image',
  sources: readonly SourceFile[] = [source('b'), source('a', { executable: true })],
): string => dependenciesHash({ ...install, ...changes }, { ...runtime, ...target }, image, sources);

const other = sha256('other');
const leftOut = { omit: [], requested: [], exclude: [] };
const generated = [{ path: 'locked.txt', text: 'six==1\n' }];

test('the key of dependencies is the digest of a text that names all that decides', () => {
  const named = (...rest: readonly unknown[]): string =>
    sha256(
      JSON.stringify([
        'dependencies/2',
        'python3.11',
        'x86_64',
        runtime.platformTags,
        'auto',
        ['image', 'linux/amd64', null],
        [['requirements.txt', false, sha256('six\n')]],
        ...rest,
      ]),
    );
  assert.is(hash(), named([], ['requirements.txt'], false, leftOut, null));
  const left = { omit: ['boto3'], requested: ['six'], exclude: ['*.pyi'] };
  assert.is(
    hash({ generated, requirements: ['locked.txt', 'requirements.txt'], isLocked: true, leftOut: left }),
    named([['locked.txt', 'six==1\n']], ['locked.txt', 'requirements.txt'], true, left, null),
  );
});

test('it changes with each of them', () => {
  const hashes = [
    hash(),
    hash({ pinned: { names: [], hasUnnamed: false } }),
    hash({ pinned: { names: ['six'], hasUnnamed: false } }),
    hash({ pinned: { names: [], hasUnnamed: true } }),
    hash({ executor: 'host' }),
    hash({ executor: 'docker' }),
    hash({ inputs: [{ ...input, path: 'other.txt' }] }),
    hash({ inputs: [{ ...input, hashed: other }] }),
    hash({ inputs: [{ ...input, executable: true }] }),
    hash({ inputs: [input, { ...input, path: 'more.txt' }] }),
    hash({ inputs: [] }),
    hash({ generated }),
    hash({ generated: [{ path: 'other.txt', text: 'six==1\n' }] }),
    hash({ generated: [{ path: 'locked.txt', text: 'six==2\n' }] }),
    hash({ generated: [...generated, ...generated] }),
    hash({ requirements: [] }),
    hash({ requirements: ['other.txt'] }),
    hash({ requirements: ['requirements.txt', 'other.txt'] }),
    hash({ requirements: ['other.txt', 'requirements.txt'] }),
    hash({ isLocked: true }),
    hash({ leftOut: { ...leftOut, omit: ['six'] } }),
    hash({ leftOut: { ...leftOut, requested: ['six'] } }),
    hash({ leftOut: { ...leftOut, exclude: ['six'] } }),
    hash({ isWhole: true }),
    hash({}, { name: 'python3.12' }),
    hash({}, { architecture: 'arm64' }),
    hash({}, { platformTags: [] }),
    hash({}, {}, 'other'),
    hash({ docker: { ...install.docker, platform: 'linux/386' } }),
    hash({ docker: { ...install.docker, entrypoint: ['env'] } }),
    hash({ docker: { ...install.docker, entrypoint: [] } }),
  ];
  assert.is(new Set(hashes).size, hashes.length);
});

test('it does not change with what decides nothing', () => {
  const more = { ...input, path: 'a.txt' };
  assert.is(hash({ inputs: [{ ...input, from: '/elsewhere/x', digest: sha256('raw') }] }), hash());
  assert.is(hash({ inputs: [input, more] }), hash({ inputs: [more, input] }));
  assert.is(hash({ executor: 'host' }, {}, 'image'), hash({ executor: 'host' }, {}, 'other'));
  assert.is(hash({}, { source: 'default' }), hash({}, { source: 'prop' }));
  assert.is(hash({ mayBeEmpty: true }), hash());
  assert.is(hash({ declaration: '/elsewhere/uv.lock' }), hash());
  const docker = {
    ...install.docker,
    user: 'x',
    network: 'x',
    securityOpt: 'x',
    capAdd: ['X'],
    pidsLimit: 1,
    memory: '1',
  };
  assert.is(hash({ docker }), hash());
  const container = { ...docker, platform: 'x', entrypoint: ['x'] };
  assert.is(hash({ executor: 'host', docker: container }), hash({ executor: 'host' }));
  assert.is(hash({ host: { ...install.host, localPackages: ['x'] } }), hash());
});

test('inputs are seen from the folder of the requirements, whatever it is called', () => {
  const at = (folder: string): string =>
    hash({
      workingDirectory: folder,
      inputs: [
        { ...input, path: `${folder}/requirements.txt` },
        { ...input, path: 'y/setup.py' },
      ],
      generated: [{ path: `${folder}/locked.txt`, text: '../y\n' }],
    });
  assert.is(at('fn'), at('other'));
  assert.is.not(at('fn'), at('a/fn'));
});

/** A bundle that is built in one folder, with the user's files. */
const whole = (
  hooks: Partial<InstallPlan['hooks']> = {},
  container: Partial<InstallPlan['docker']> = {},
  sources?: readonly SourceFile[],
): string =>
  hash(
    {
      isWhole: true,
      hooks: { before: [], after: [], ...hooks },
      docker: { ...install.docker, ...container },
    },
    {},
    'image',
    sources,
  );

test('of what is built as a whole the text names the commands and the sources as well', () => {
  const { docker } = install;
  assert.is(
    whole({ before: ['a'], after: ['b'] }, { entrypoint: ['env'], command: ['make', 'all'] }),
    sha256(
      JSON.stringify([
        'dependencies/2',
        'python3.11',
        'x86_64',
        runtime.platformTags,
        'auto',
        ['image', 'linux/amd64', ['env']],
        [['requirements.txt', false, sha256('six\n')]],
        [],
        ['requirements.txt'],
        false,
        leftOut,
        [
          { before: ['a'], after: ['b'] },
          [['env'], ['make', 'all'], null],
          [
            ['a', true, sha256('a')],
            ['b', false, sha256('b')],
          ],
        ],
      ]),
    ),
  );
  // The command of the install follows from what is named already.
  const task = [...docker.command.slice(0, 3), '{}'];
  assert.is(whole({}, { command: task }), whole({}, { command: docker.command }));
});

test('it changes with each of them, which decide nothing of an install beside the sources', () => {
  const hashes = [
    whole(),
    whole({ before: ['a'] }),
    whole({ before: ['b'] }),
    whole({ before: ['a', 'b'] }),
    whole({ after: ['a'] }),
    whole({}, { entrypoint: ['a'] }),
    whole({}, { entrypoint: [] }),
    whole({}, { command: ['a'] }),
    whole({}, { command: ['a', 'b'] }),
    whole({}, { workingDirectory: '/srv' }),
    whole({}, {}, []),
    whole({}, {}, [source('a')]),
    whole({}, {}, [source('a', { path: 'b' })]),
    whole({}, {}, [source('a', { executable: true })]),
    whole({}, {}, [source('a', { digest: other })]),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is(whole({}, {}, [source('b'), source('a', { executable: true, from: 'x', size: 2 })]), whole());
  assert.is(hash({ hooks: { before: ['a'], after: ['b'] } }), hash());
  assert.is(hash({}, {}, 'image', []), hash());
});

const bytecode = {
  mode: 'auto',
  tag: 'cpython-311',
  prefix: '/var/task',
  exclude: ['tests'],
} as const;

test('the key of byte code is the digest of that of the modules and of how they are compiled', () => {
  const key = bytecodeHash('0', bytecode);
  assert.is(key, sha256(JSON.stringify(['bytecode/1', '0', 'cpython-311', '/var/task', ['tests']])));
  const hashes = [
    key,
    bytecodeHash('1', bytecode),
    bytecodeHash('0', { ...bytecode, tag: 'cpython-312' }),
    bytecodeHash('0', { ...bytecode, prefix: '/opt/python' }),
    bytecodeHash('0', { ...bytecode, exclude: [] }),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is(bytecodeHash('0', { ...bytecode, mode: 'require' }), key);
});

test('the key of the content is the digest of a text of the files and of what lies beside them', () => {
  const files = [source('b'), source('a', { executable: true })];
  const named = [
    ['a', true, sha256('a')],
    ['b', false, sha256('b')],
  ];
  assert.is(
    contentHash(null, null, '.', files),
    sha256(JSON.stringify(['bundle/3', null, '.', null, named])),
  );
  assert.is(
    contentHash('0', bytecode, 'python', files),
    sha256(
      JSON.stringify(['bundle/3', '0', 'python', ['auto', 'cpython-311', '/var/task', ['tests']], named]),
    ),
  );
});

test('it changes with path, mode, content, prefix, byte code and dependencies, and with nothing else', () => {
  const hashes = [
    contentHash(null, null, '.', [source('a')]),
    contentHash('0', null, '.', [source('a')]),
    contentHash(null, null, 'python', [source('a')]),
    contentHash(null, null, '.', []),
    contentHash(null, null, '.', [source('a', { path: 'b' })]),
    contentHash(null, null, '.', [source('a', { executable: true })]),
    contentHash(null, null, '.', [source('a', { digest: sha256('b') })]),
    contentHash(null, null, '.', [source('a'), source('b')]),
    contentHash(null, bytecode, '.', [source('a')]),
    contentHash(null, { ...bytecode, mode: 'require' }, '.', [source('a')]),
    contentHash(null, { ...bytecode, tag: 'cpython-312' }, '.', [source('a')]),
    contentHash(null, { ...bytecode, prefix: '/opt/python' }, '.', [source('a')]),
    contentHash(null, { ...bytecode, exclude: [] }, '.', [source('a')]),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is(contentHash(null, null, '.', [source('a', { from: 'x', size: 2 })]), hashes[0]);
  assert.is(contentHash(null, null, '.', [source('b'), source('a')]), hashes[7]);
});

test('the asset hash is that of the content, or that of the text a user has chosen', () => {
  assert.is(assetHash(other, undefined), other);
  assert.is(assetHash(other, 'v1'), sha256(JSON.stringify(['asset/1', 'v1'])));
  assert.is(assetHash(sha256('content'), 'v1'), assetHash(other, 'v1'));
  assert.is.not(assetHash(other, 'v2'), assetHash(other, 'v1'));
  assert.is.not(assetHash(other, ''), other);
});

test.run();
