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

const COMMAND = [
  'python',
  '-m',
  'pip',
  'install',
  '--disable-pip-version-check',
  '--no-input',
  '--no-compile',
  '--no-cache-dir',
  '--target',
  '/asset-output',
  '--requirement',
  'requirements.txt',
];

test('the least', () => {
  const { argv, ...fields } = dockerInstall({ environment: [], volumes: [] }, 'image', 'x86_64', '.');
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/amd64',
    user: null,
    network: null,
    mounts: [
      { source: 'input', target: '/asset-input', readOnly: false },
      { source: 'output', target: '/asset-output', readOnly: false },
    ],
    environment: PIP,
    workingDirectory: '/asset-input',
    command: COMMAND,
  });
  assert.equal(argv, dockerArgv(fields, PLACEHOLDERS));
});

test('options are taken over; no variable is named twice', () => {
  const options = {
    user: '1:2',
    network: 'host',
    environment: ['TOKEN', 'HTTP_PROXY', 'TOKEN'],
    volumes: [{ hostPath: '/srv/w', containerPath: '/w', readOnly: true }],
  };
  const { argv, ...fields } = dockerInstall(options, 'image', 'arm64', 'fn/a b');
  assert.equal(fields, {
    image: 'image',
    platform: 'linux/arm64',
    user: '1:2',
    network: 'host',
    mounts: [
      { source: 'input', target: '/asset-input', readOnly: false },
      { source: 'output', target: '/asset-output', readOnly: false },
      { source: '/srv/w', target: '/w', readOnly: true },
    ],
    environment: [...PIP, 'TOKEN'],
    workingDirectory: '/asset-input/fn/a b',
    command: COMMAND,
  });
  assert.equal(argv, dockerArgv(fields, PLACEHOLDERS));
});

test.run();
