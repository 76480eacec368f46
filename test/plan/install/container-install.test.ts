import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DockerRequest } from '../../../src/plan/request/bundle-request';
import { LEAST_PRIVILEGES } from '../../../src/plan/install/container-privileges';
import { dockerArgv, PLACEHOLDERS } from '../../../src/plan/install/docker-argv';
import type { ContainerInstall } from '../../../src/plan/install/container-install';
import { containerVariables, dockerInstall } from '../../../src/plan/install/container-install';
import { markerEnvironment } from '../../../src/plan/packaging/tags/marker-environment';
import { platformTags } from '../../../src/plan/packaging/tags/platform-tags';
import type { PythonRuntime } from '../../../src/plan/target/python-runtime';
import { findRuntime } from '../../../src/plan/target/python-runtime';

const test = suite('docker install');

const PIP = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_NO_INDEX',
  'PIP_DEFAULT_TIMEOUT',
  'PIP_RETRIES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

const UV = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_INDEX_STRATEGY',
  'UV_INSECURE_HOST',
  'UV_FIND_LINKS',
  'UV_NO_INDEX',
  'UV_HTTP_TIMEOUT',
];

/** Those that choose versions, where nothing pins them. */
const CHOOSING = [
  'UV_EXCLUDE_NEWER',
  'UV_FORK_STRATEGY',
  'UV_NO_SOURCES',
  'UV_NO_SOURCES_PACKAGE',
  'UV_PRERELEASE',
  'UV_RESOLUTION',
  'UV_TORCH_BACKEND',
  'PIP_ALL_RELEASES',
  'PIP_IGNORE_REQUIRES_PYTHON',
  'PIP_NO_DEPS',
  'PIP_ONLY_FINAL',
  'PIP_PRE',
  'PIP_PREFER_BINARY',
  'PIP_UPLOADED_PRIOR_TO',
];

const OWN_MOUNTS = [
  { source: 'input', target: '/asset-input', readOnly: true },
  { source: 'output', target: '/asset-output', readOnly: false },
  { source: 'bytecode', target: '/asset-bytecode', readOnly: false },
  { source: 'tools', target: '/asset-tools', readOnly: true },
  { source: 'cache', target: '/asset-cache', readOnly: false },
];

const runtimeOf = (name: string): PythonRuntime => {
  const found = findRuntime(name);
  if (found === undefined) throw new Error('no runtime');
  return found;
};
const RUNTIME = runtimeOf('python3.13');

const uvRun = (machine = 'x86_64'): string =>
  `/asset-tools/uv pip install --python {python} --python-version 3.13 --python-platform ${machine}-manylinux_2_34 --target {output} --no-config --verify-hashes --no-installer-metadata --link-mode copy --cache-dir /asset-cache/uv`;
const pipRun = (architecture: 'x86_64' | 'arm64' = 'x86_64'): string => {
  const linux = architecture === 'arm64' ? 'linux_aarch64' : 'linux_x86_64';
  const tags = [...platformTags(RUNTIME, architecture), linux].map((tag) => ` --platform ${tag}`).join('');
  return `{python} -I -m pip install --disable-pip-version-check --no-input --no-compile --cache-dir /asset-cache/pip --target {output} --python-version 3.13 --implementation cp${tags}`;
};
const [UV_RUN, PIP_RUN] = [uvRun(), pipRun()];

const INSTALLERS = [
  [`${UV_RUN} --requirement requirements.txt`],
  [`${PIP_RUN} --requirement requirements.txt`],
];

/** A script of this library, and what it is told. */
const command = (
  installers: readonly (readonly string[])[],
  bytecode: unknown,
  folder = '/asset-input',
  isPinned = false,
  architecture: 'x86_64' | 'arm64' = 'x86_64',
): readonly string[] => [
  'python',
  '-I',
  '/asset-tools/install.py',
  JSON.stringify({
    folder,
    installers: installers.map((runs) => runs.map((line) => line.split(' '))),
    markers: markerEnvironment(RUNTIME, architecture),
    output: '/asset-output',
    isPinned,
    bytecode,
  }),
];

const LEAST = { environment: [], volumes: [] };
const WHAT = {
  runtime: RUNTIME,
  localPackages: [],
  requirements: ['requirements.txt'],
  isLocked: false,
  workingDirectory: '.',
  environment: [],
  buildsInput: false,
};

test('the least', () => {
  const { argv, ...fields } = dockerInstall('x86_64', LEAST, 'image', WHAT, null);
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/amd64',
    user: null,
    network: null,
    ...LEAST_PRIVILEGES,
    volumesFrom: [],
    fileAccess: 'bind',
    mounts: OWN_MOUNTS,
    environment: [...PIP, ...UV, ...CHOOSING],
    workingDirectory: '/asset-input',
    entrypoint: null,
    command: command(INSTALLERS, null),
  });
  assert.equal(argv, dockerArgv(fields, PLACEHOLDERS));
});

const bytecode = {
  mode: 'require',
  tag: 'cpython-313',
  prefix: '/var/task',
  exclude: ['test', 'tests'],
} as const;

test('options are taken over; no variable is named twice', () => {
  const options = {
    platform: 'linux/386',
    user: '1:2',
    network: 'host',
    securityOpt: 'no-new-privileges',
    capAdd: ['CHOWN'],
    pidsLimit: -1,
    memory: '2g',
    volumesFrom: ['wheels'],
    fileAccess: 'copy',
    entrypoint: ['env', 'A=b'],
    environment: ['TOKEN', 'HTTP_PROXY', 'TOKEN'],
    volumes: [{ hostPath: '/srv/w', containerPath: '/w', readOnly: true }],
  } as const;
  const { argv, ...fields } = dockerInstall(
    'arm64',
    options,
    'image',
    { ...WHAT, workingDirectory: 'fn/a b' },
    bytecode,
  );
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/386',
    user: '1:2',
    network: 'host',
    securityOpt: 'no-new-privileges',
    capAdd: ['CHOWN'],
    pidsLimit: -1,
    memory: '2g',
    volumesFrom: ['wheels'],
    fileAccess: 'copy',
    mounts: [...OWN_MOUNTS, { source: '/srv/w', target: '/w', readOnly: true }],
    environment: [...PIP, ...UV, ...CHOOSING, 'TOKEN'],
    workingDirectory: '/asset-input/fn/a b',
    entrypoint: ['env', 'A=b'],
    command: command(
      [
        [`${uvRun('aarch64')} --requirement requirements.txt`],
        [`${pipRun('arm64')} --requirement requirements.txt`],
      ],
      {
        tag: 'cpython-313',
        prefix: '/var/task',
        exclude: ['test', 'tests'],
        output: '/asset-bytecode',
      },
      '/asset-input/fn/a b',
      false,
      'arm64',
    ),
  });
  assert.equal(argv, dockerArgv(fields, PLACEHOLDERS));
});

test('the platform is that of the architecture, unless one is set', () => {
  const platform = (architecture: 'x86_64' | 'arm64', options = {}): string =>
    dockerInstall(architecture, { ...LEAST, ...options }, 'image', WHAT, null).platform;
  assert.equal([platform('x86_64'), platform('arm64')], ['linux/amd64', 'linux/arm64']);
  assert.is(platform('arm64', { platform: 'linux/arm64/v8' }), 'linux/arm64/v8');
});

test('several requirements files: uv takes them in one run, pip in one after the other', () => {
  const what = { ...WHAT, requirements: ['a.txt', 'b.txt'] };
  assert.equal(
    dockerInstall('x86_64', LEAST, 'image', what, null).command,
    command(
      [
        [`${UV_RUN} --requirement a.txt --requirement b.txt`],
        [`${PIP_RUN} --requirement a.txt`, `${PIP_RUN} --requirement b.txt`],
      ],
      null,
    ),
  );
  assert.equal(
    dockerInstall('x86_64', LEAST, 'image', { ...what, isLocked: true }, null).command,
    command(
      [
        [`${UV_RUN} --no-deps --requirement a.txt --requirement b.txt`],
        [`${PIP_RUN} --no-deps --requirement a.txt`, `${PIP_RUN} --no-deps --requirement b.txt`],
      ],
      null,
      '/asset-input',
      true,
    ),
  );
});

test('variables that the requirements mention are handed over, before those of the user', () => {
  const { environment, argv } = dockerInstall(
    'x86_64',
    { ...LEAST, environment: ['TOKEN', 'MORE'] },
    'image',
    { ...WHAT, environment: ['TOKEN', 'UV_INDEX'] },
    null,
  );
  assert.equal(environment, [...PIP, ...UV, ...CHOOSING, 'TOKEN', 'MORE']);
  assert.is(argv.filter((argument) => argument === 'TOKEN').length, 1);
});

test('where versions are pinned, by a lock or by hashes, no variable that chooses one is handed over', () => {
  assert.equal(containerVariables(true), [...PIP, ...UV]);
  for (const pinned of [{ isLocked: true }, { isHashed: true }]) {
    const { environment } = dockerInstall('x86_64', LEAST, 'image', { ...WHAT, ...pinned }, null);
    assert.equal(environment, [...PIP, ...UV]);
  }
});

test('where all is hashed, nothing without a hash is installed', () => {
  const {
    command: [, , , task = ''],
  } = dockerInstall('x86_64', LEAST, 'image', { ...WHAT, isHashed: true }, null);
  assert.is(task.match(/"--require-hashes"/g)?.length, 2);
});

test('a command and a folder of the user’s own replace those of the install', () => {
  const options = { ...LEAST, workingDirectory: '/src', command: ['bash', '-c', 'make "$OUT"'] };
  const { command: own, workingDirectory, argv } = dockerInstall('x86_64', options, 'image', WHAT, bytecode);
  assert.equal([own, workingDirectory], [['bash', '-c', 'make "$OUT"'], '/src']);
  assert.equal(argv.slice(-6), ['--workdir', '/src', 'image', 'bash', '-c', 'make "$OUT"']);
});

test('another folder of the container is not that of the installers, who look for requirements in their own', () => {
  const options = { ...LEAST, workingDirectory: '/src' };
  const what = { ...WHAT, workingDirectory: 'fn' };
  const made = dockerInstall('x86_64', options, 'image', what, null);
  assert.is(made.workingDirectory, '/src');
  assert.equal(made.command, command(INSTALLERS, null, '/asset-input/fn'));
});

test('the inputs are read-only, unless a package is built among them or commands of the user’s run', () => {
  const readOnly = (
    what: Partial<ContainerInstall>,
    options: Partial<DockerRequest> = {},
  ): boolean | undefined =>
    dockerInstall('x86_64', { ...LEAST, ...options }, 'image', { ...WHAT, ...what }, null).mounts[0]
      ?.readOnly;
  assert.is(readOnly({}), true);
  assert.is(
    readOnly({ hooks: { before: [], after: [] } }, { entrypoint: ['env'], fileAccess: 'copy' }),
    true,
  );
  assert.is(readOnly({ buildsInput: true }), false);
  assert.is(readOnly({ hooks: { before: [], after: ['make'] } }), false);
  assert.is(readOnly({ hooks: { before: ['make'], after: [] } }), false);
  assert.is(readOnly({}, { command: ['make'] }), false);
});

test.run();
