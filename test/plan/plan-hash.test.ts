import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SourceFile, TargetRuntime } from '../../src/plan/bundle-plan';
import { sha256 } from '../../src/plan/hash';
import type { InstallPlan } from '../../src/plan/install-plan';
import { assetHash, dependenciesHash } from '../../src/plan/plan-hash';
import { planned, request, requiring } from './support/world';

const test = suite('plan hash');

const { install, runtime } = planned(request({ runtime: { prop: '3.11' } }), requiring('six\n'));
if (install === null) throw new Error('no install');
const [input] = install.inputs;
if (input === undefined) throw new Error('no input');

const hash = (
  changes: Partial<InstallPlan> = {},
  target: Partial<TargetRuntime> = {},
  image = 'image',
): string => dependenciesHash({ ...install, ...changes }, { ...runtime, ...target }, image);

test('the key of dependencies is the digest of a text that names all that decides', () => {
  assert.is(
    hash(),
    sha256(
      JSON.stringify([
        'dependencies/1',
        'python3.11',
        'x86_64',
        runtime.platformTags,
        'auto',
        'image',
        [['requirements.txt', false, sha256('six\n')]],
      ]),
    ),
  );
});

test('it changes with each of them', () => {
  const other = sha256('other');
  const hashes = [
    hash(),
    hash({ executor: 'host' }),
    hash({ executor: 'docker' }),
    hash({ inputs: [{ ...input, path: 'other.txt' }] }),
    hash({ inputs: [{ ...input, hashed: other }] }),
    hash({ inputs: [{ ...input, executable: true }] }),
    hash({ inputs: [input, { ...input, path: 'more.txt' }] }),
    hash({ inputs: [] }),
    hash({}, { name: 'python3.12' }),
    hash({}, { architecture: 'arm64' }),
    hash({}, { platformTags: [] }),
    hash({}, {}, 'other'),
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
});

test('inputs are seen from the folder of the requirements, whatever it is called', () => {
  const at = (folder: string): string =>
    hash({
      workingDirectory: folder,
      inputs: [
        { ...input, path: `${folder}/requirements.txt` },
        { ...input, path: 'y/setup.py' },
      ],
    });
  assert.is(at('fn'), at('other'));
  assert.is.not(at('fn'), at('a/fn'));
});

const source = (path: string, changes: Partial<SourceFile> = {}): SourceFile => ({
  from: path,
  path,
  size: 1,
  executable: false,
  digest: sha256(path),
  ...changes,
});

test('the asset hash is the digest of a text of the files and of the key of the dependencies', () => {
  assert.is(
    assetHash(null, null, [source('b'), source('a', { executable: true })]),
    sha256(
      JSON.stringify([
        'bundle/2',
        null,
        null,
        [
          ['a', true, sha256('a')],
          ['b', false, sha256('b')],
        ],
      ]),
    ),
  );
});

test('it changes with path, mode, content and dependencies, and with nothing else', () => {
  const hashes = [
    assetHash(null, null, [source('a')]),
    assetHash('0', null, [source('a')]),
    assetHash(null, null, []),
    assetHash(null, null, [source('a', { path: 'b' })]),
    assetHash(null, null, [source('a', { executable: true })]),
    assetHash(null, null, [source('a', { digest: sha256('b') })]),
    assetHash(null, null, [source('a'), source('b')]),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is(assetHash(null, null, [source('a', { from: 'x', size: 2 })]), hashes[0]);
  assert.is(assetHash(null, null, [source('b'), source('a')]), hashes[6]);
});

test.run();
