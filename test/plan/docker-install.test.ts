import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dockerArgv, PLACEHOLDERS } from '../../src/plan/docker-argv';
import { dockerInstall } from '../../src/plan/docker-install';

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

const OWN_MOUNTS = [
  { source: 'input', target: '/asset-input', readOnly: false },
  { source: 'output', target: '/asset-output', readOnly: false },
  { source: 'bytecode', target: '/asset-bytecode', readOnly: false },
  { source: 'tools', target: '/asset-tools', readOnly: true },
  { source: 'cache', target: '/asset-cache', readOnly: false },
];

const INSTALLERS = [
  '/asset-tools/uv pip install --python {python} --target /asset-output --no-installer-metadata --link-mode copy --cache-dir /asset-cache/uv --requirement requirements.txt',
  '{python} -m pip install --disable-pip-version-check --no-input --no-compile --cache-dir /asset-cache/pip --target /asset-output --requirement requirements.txt',
].map((line) => line.split(' '));

const command = (bytecode: unknown): readonly string[] => [
  'python',
  '/asset-tools/install.py',
  JSON.stringify({ installers: INSTALLERS, output: '/asset-output', bytecode }),
];

test('the least', () => {
  const { argv, ...fields } = dockerInstall({ environment: [], volumes: [] }, 'image', 'x86_64', '.', null);
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/amd64',
    user: null,
    network: null,
    mounts: OWN_MOUNTS,
    environment: [...PIP, ...UV],
    workingDirectory: '/asset-input',
    command: command(null),
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
    user: '1:2',
    network: 'host',
    environment: ['TOKEN', 'HTTP_PROXY', 'TOKEN'],
    volumes: [{ hostPath: '/srv/w', containerPath: '/w', readOnly: true }],
  };
  const { argv, ...fields } = dockerInstall(options, 'image', 'arm64', 'fn/a b', bytecode);
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/arm64',
    user: '1:2',
    network: 'host',
    mounts: [...OWN_MOUNTS, { source: '/srv/w', target: '/w', readOnly: true }],
    environment: [...PIP, ...UV, 'TOKEN'],
    workingDirectory: '/asset-input/fn/a b',
    command: command({
      tag: 'cpython-313',
      prefix: '/var/task',
      exclude: ['test', 'tests'],
      output: '/asset-bytecode',
    }),
  });
  assert.equal(argv, dockerArgv(fields, PLACEHOLDERS));
});

test.run();
