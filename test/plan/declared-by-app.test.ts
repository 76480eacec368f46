import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { variableReader } from '../../src/plan/declared-by-app';
import type { SourceSnapshot } from '../../src/plan/model/source-snapshot';
import { sha256 } from '../../src/plan/values/hash';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { showPlanWarning } from '../../src/plan/errors/plan-warning';
import { asJson, planned, refusals, request, requiring } from './support/world';

const test = suite('what the app declares');

const docker = { environment: [], volumes: [] };

const asked = (changes: Partial<BundleRequest> = {}): BundleRequest =>
  request({ runtime: { prop: '3.13' }, docker, ...changes });

test('code reads variables where commands run or something may be built, else an installer, else nothing', () => {
  const open = { mayBuild: true, isHashed: false, isExact: false };
  const checked = { mayBuild: false, isHashed: true, isExact: true };
  assert.is(variableReader(asked(), open), 'code');
  assert.is(variableReader(asked({ sdist: 'docker' }), open), 'code');
  assert.is(variableReader(asked({ sdist: 'forbid' }), open), 'installer');
  assert.is(variableReader(asked(), { ...checked, isHashed: false }), 'installer');
  assert.is(
    variableReader(asked(), { ...checked, isExact: false }),
    'installer',
    'an index decides which file',
  );
  assert.is(variableReader(asked(), { ...checked, mayBuild: true }), 'code');
  assert.is(variableReader(asked({ sdist: 'forbid' }), { ...checked, mayBuild: true }), 'nothing');
  assert.is(variableReader(asked(), checked), 'nothing');
  const commands: readonly Partial<BundleRequest>[] = [
    { hooks: { before: ['a'], after: [] } },
    { hooks: { before: [], after: ['a'] } },
    { docker: { ...docker, command: ['a'] } },
    { docker: { ...docker, entrypoint: ['a'] } },
    { docker: { ...docker, image: 'a' } },
  ];
  for (const each of commands) assert.is(variableReader(asked(each), checked), 'code', JSON.stringify(each));
  const onHost = asked({ executor: 'host', docker: { ...docker, entrypoint: ['a'], image: 'a' } });
  assert.is(variableReader(onHost, checked), 'nothing');
});

const dependencies = (
  changes: Partial<BundleRequest> = {},
  seen: Partial<SourceSnapshot> = {},
  text = 'six\n',
): string | null => planned(asked(changes), { ...requiring(text), ...seen }).hash.dependencies;

test('what does not reach a program on this machine is not in the hash of a bundle that is made here', () => {
  const hooks = { before: ['a'], after: [] };
  for (const name of [
    'PATH',
    'HOME',
    'TMPDIR',
    'LD_LIBRARY_PATH',
    'PYTHONPATH',
    'PYTHONHOME',
    'VIRTUAL_ENV',
  ]) {
    const of = (executor: BundleRequest['executor'], value: string) =>
      dependencies({ hooks, executor, variables: { [name]: value, STAGE: 'dev' } });
    assert.is(of('host', '/a'), of('host', '/b'), name);
    for (const executor of ['auto', 'docker', 'buildkit'] as const)
      assert.is.not(of(executor, '/a'), of(executor, '/b'), `${name}, ${executor}`);
  }
  const stage = (STAGE: string) =>
    dependencies({ hooks, executor: 'host', variables: { PATH: '/a', STAGE } });
  assert.is.not(stage('dev'), stage('prod'));
});

test('values are in the hash and in no plan', () => {
  const plan = planned(asked({ variables: { STAGE: 'a-long-value' } }), requiring('six\n'));
  assert.not.match(JSON.stringify(asJson(plan)), 'a-long-value');
  assert.equal(plan.install?.declared.variables?.names, ['STAGE']);
  const hashes = [
    dependencies(),
    dependencies({ variables: { STAGE: 'dev' } }),
    dependencies({ variables: { STAGE: 'prod' } }),
    dependencies({ variables: { STAGE: '' } }),
    dependencies({ variables: { STAGES: 'dev' } }),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is.not(
    planned(asked({ variables: { STAGE: 'dev' } }), requiring('six\n')).hash.content,
    planned(asked(), requiring('six\n')).hash.content,
  );
});

test('credentials, what only says how a tool works, and variables that nothing reads are not', () => {
  const same = (variables: Readonly<Record<string, string>>, changes: Partial<BundleRequest> = {}): void =>
    assert.is(dependencies({ variables, ...changes }), dependencies(changes), JSON.stringify(variables));
  same({ GITHUB_TOKEN: 'a' });
  same({ PIP_DEFAULT_TIMEOUT: '9', HTTPS_PROXY: 'http://p', NO_COLOR: '1' });
  same({ STAGE: 'dev' }, { sdist: 'forbid' });
  const url = (user: string) => ({ UV_DEFAULT_INDEX: `https://${user}h/simple` });
  assert.is(dependencies({ variables: url('a:b@') }), dependencies({ variables: url('') }));
  assert.is.not(
    dependencies({ variables: url(''), sdist: 'forbid' }),
    dependencies({ sdist: 'forbid' }),
    'an index of the app',
  );
});

test('what every file is checked against hashes for has no index', () => {
  const text = `six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`;
  const variables = { UV_DEFAULT_INDEX: 'https://h/simple' };
  const sdist = 'forbid';
  assert.is(dependencies({ variables, sdist }, {}, text), dependencies({ sdist }, {}, text));
  assert.is.not(dependencies({ variables }, {}, text), dependencies({}, {}, text), 'a build may be needed');
});

test('a variable that stands for a user or a password does not count', () => {
  const hash = (text: string, variables: Readonly<Record<string, string>> = {}): string | null =>
    dependencies({ variables, sdist: 'forbid' }, {}, `${text}\nsix\n`);
  const user = '-i https://${ME}:${MINE}@h/simple';
  assert.is(hash(user, { ME: 'a', MINE: 'b' }), hash(user, { ME: 'c', MINE: 'd' }));
});

const index = (text: string, byVariable = false) => ({
  path: '/srv/simple',
  digest: sha256(text),
  reason: '',
  byVariable,
});

test('a local index counts by its content, and the plan has no path of a variable', () => {
  const hashes = [
    dependencies(),
    dependencies({}, { indexes: [index('a')] }),
    dependencies({}, { indexes: [index('b')] }),
    dependencies({}, { indexes: [index('a'), index('b')] }),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  assert.is(dependencies({}, { indexes: [{ ...index('a'), path: '/elsewhere' }] }), hashes[1]);
  const plan = planned(asked(), { ...requiring('six\n'), indexes: [index('a', true)] });
  assert.equal(plan.install?.declared.indexes, [{ path: null, digest: sha256('a') }]);
});

const volume = { hostPath: '/app/model', containerPath: '/model', readOnly: true };
const mount = (digest: string | null, reason = '') => ({ path: '/app/model', digest, reason });
const mounting = (changes: Partial<BundleRequest['docker']> = {}): Partial<BundleRequest> => ({
  executor: 'docker',
  docker: { ...docker, volumes: [volume], ...changes },
});

test('mounts count by content or by a text, with their targets, and without paths of this machine', () => {
  const seen = { mounts: [mount(sha256('a'))] };
  const target = { ...volume, containerPath: '/other' };
  const writable = { ...volume, readOnly: false };
  const hashes = [
    dependencies({ executor: 'docker' }),
    dependencies(mounting(), seen),
    dependencies(mounting(), { mounts: [mount(sha256('b'))] }),
    dependencies(mounting({ volumes: [target] }), seen),
    dependencies(mounting({ volumesDigest: 'v1' }), seen),
    dependencies(mounting({ volumesDigest: 'v2' }), seen),
    dependencies(mounting({ volumesDigest: 'v1', volumes: [writable] })),
    dependencies(mounting({ volumesDigest: 'v1', volumes: [], volumesFrom: ['a'] })),
    dependencies(mounting({ volumesDigest: 'v1', volumes: [], volumesFrom: ['b'] })),
  ];
  assert.is(new Set(hashes).size, hashes.length);
  const elsewhere = { ...volume, hostPath: '/b' };
  assert.is(
    dependencies(mounting({ volumes: [elsewhere] }), { mounts: [{ ...mount(sha256('a')), path: '/b' }] }),
    hashes[1],
  );
});

test('a mount of which nothing says what it holds: a warning, and a bundle for one function alone', () => {
  const out = (advice: string): string =>
    ` The bundle is built on every run and shared with no other function, and a deployment does not notice when that content changes. Set ${advice}\`bundling.volumesDigest\` to any text that changes when the content changes.`;
  const readOnly =
    '`readOnly: true` if it is a folder of this project with at most 16 MB and 2,000 files, or set ';
  const planOf = (changes: Partial<BundleRequest>, seen: Partial<SourceSnapshot> = {}) =>
    planned(asked(changes), { ...requiring('six==1 --hash=sha256:' + 'a'.repeat(64)), ...seen });
  const told = (...args: Parameters<typeof planOf>): readonly string[] =>
    planOf(...args)
      .warnings.filter(({ _tag }) => _tag === 'VolumeNotCounted')
      .map(showPlanWarning);
  const writable = mounting({ volumes: [{ ...volume, readOnly: false }] });
  assert.equal(told(writable), [
    `\`bundling.volumes[0]\` mounts /app/model, whose content is not in the hash: it may be written to.${out(readOnly)}`,
  ]);
  assert.equal(told(mounting(), { mounts: [mount(null, 'it holds more than 16 MB')] }), [
    `\`bundling.volumes[0]\` mounts /app/model, whose content is not in the hash: it holds more than 16 MB.${out('')}`,
  ]);
  assert.equal(told(mounting({ volumes: [], volumesFrom: ['models'] })), [
    `\`bundling.volumesFrom[0]\` mounts the volumes of models, whose content is not in the hash: they belong to another container.${out('')}`,
  ]);
  assert.equal(told(mounting({ volumesDigest: 'v1' })), []);
  assert.equal(told(mounting(), { mounts: [mount(sha256('a'))] }), []);
  assert.is(planOf(writable).install?.declared.onlyFor, 'Stack/my_handler');
  assert.is(planOf(mounting({ volumesDigest: 'v1' })).install?.declared.onlyFor, null);
  assert.is.not(
    planOf({ ...writable, label: 'Stack/a' }).hash.asset,
    planOf({ ...writable, label: 'Stack/b' }).hash.asset,
  );
});

test('settings that switch checks off are refused', () => {
  const told = (variables: Readonly<Record<string, string>>): readonly string[] =>
    refusals(asked({ variables })).map(showPlanError);
  assert.equal(told({ UV_NO_VERIFY_HASHES: '1' }), [
    '`bundling.environment.UV_NO_VERIFY_HASHES` is set to switch checks off, but must be left out: every file is checked against its declared hashes. To leave out a check, remove the hash from the declaration.',
  ]);
  assert.is(told({ UV_VERIFY_HASHES: 'false' }).length, 1);
  assert.equal(told({ UV_VERIFY_HASHES: '1', UV_NO_VERIFY_HASHES: '0', toString: '1' }), []);
});

test('the URL of an index in a variable is refused where uv and pip would read it differently', () => {
  const told = (variables: Readonly<Record<string, string>>): readonly string[] =>
    refusals(asked({ variables })).map(showPlanError);
  assert.equal(
    told({ UV_DEFAULT_INDEX: 'http://s3cret\\@h/', PIP_EXTRA_INDEX_URL: 'https://h https://127.1/' }),
    [
      '`bundling.environment.UV_DEFAULT_INDEX` has a URL that uv and pip would not read alike: it has the character \\ in it: percent-encode it if it is meant. Fix the URL.',
      '`bundling.environment.PIP_EXTRA_INDEX_URL` has a URL that uv and pip would not read alike: it has a host that uv reads as 127.0.0.1: write that. Fix the URL.',
    ],
  );
});

test.run();
