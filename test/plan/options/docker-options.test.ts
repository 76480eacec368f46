import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DockerRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { dockerOptionErrors, isFreeTarget, isVolumeSource } from '../../../src/plan/options/docker-options';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { refusals, request } from '../support/world';

const test = suite('docker options');

const errors = (changes: Partial<DockerRequest>): readonly string[] =>
  dockerOptionErrors({ docker: { environment: [], volumes: [], ...changes } }).map(showPlanError);
const volume = (hostPath: string, containerPath: string) => ({ hostPath, containerPath, readOnly: false });

test('what docker run takes is no error', () => {
  assert.equal(
    errors({
      image: 'public.ecr.aws/sam/build-python3.11@sha256:00',
      network: 'container:x',
      user: '1000:1000',
      environment: ['A', '_b1'],
      volumes: [volume('/a b', '/wheels'), volume('C:\\x', '/wheels2'), volume('/a', '/asset-inputs')],
    }),
    [],
  );
});

test('a name that is an option, empty or of several lines is', () => {
  const name = 'a name without control characters that does not begin with "-"';
  assert.equal(errors({ image: '--privileged', network: '', user: '0\n' }), [
    `\`bundling.image\` is "--privileged", but must be ${name}.`,
    `\`bundling.network\` is "", but must be ${name}.`,
    `\`bundling.user\` is "0\\n", but must be ${name}.`,
  ]);
});

test('a digest of volumes that is blank says nothing', () => {
  const message = (given: string): string =>
    `\`bundling.volumesDigest\` is ${JSON.stringify(given)}, but must be a text that is not blank and changes with the content of the volumes; leave it out if there is none.`;
  for (const given of ['', ' ', '\n\t']) assert.equal(errors({ volumesDigest: given }), [message(given)]);
  assert.equal(errors({ volumesDigest: 'v1' }), []);
  const docker: DockerRequest = { environment: [], volumes: [volume('/a', '/wheels')], volumesDigest: '' };
  assert.equal(refusals(request({ executor: 'docker', docker })).map(showPlanError), [message('')]);
});

test('a variable is told without its value', () => {
  const names = 'names of letters, digits and "_"';
  assert.equal(errors({ environment: ['A', 'TOKEN=secret', 'a b', '', '1', 'X=\ny'] }), [
    `\`bundling.environment\` is "TOKEN=…", but must be ${names}.`,
    `\`bundling.environment\` is "a b", but must be ${names}.`,
    `\`bundling.environment\` is "", but must be ${names}.`,
    `\`bundling.environment\` is "1", but must be ${names}.`,
    `\`bundling.environment\` is "X=…", but must be ${names}.`,
  ]);
});

test('a volume has two absolute paths, and a place of its own', () => {
  const outside =
    'an absolute path outside /asset-input, /asset-output, /asset-bytecode, /asset-tools, /asset-cache, /asset-netrc';
  assert.equal(errors({ volumes: [volume('x', '/x'), volume('/x', 'y'), volume('/x', '/asset-input/y')] }), [
    '`bundling.volumes[0].hostPath` is "x", but must be an absolute path.',
    `\`bundling.volumes[1].containerPath\` is "y", but must be ${outside}.`,
    `\`bundling.volumes[2].containerPath\` is "/asset-input/y", but must be ${outside}.`,
  ]);
  assert.equal(errors({ volumes: [volume('/x', '/w'), volume('/y', '/w')] }), [
    '`bundling.volumes[1].containerPath` is "/w", but must be a path that no other volume has.',
  ]);
});

test('the folders of the install are not free, nor what holds them', () => {
  const free = ['/wheels', '/asset-input2', '/asset', '/srv/asset-input'];
  const taken = [
    '/',
    '/asset-input',
    '/asset-input/',
    '/asset-output/x',
    '/a/../asset-input',
    '/./x',
    'x',
    '',
    '/a\nb',
  ];
  assert.equal([...free, ...taken].filter(isFreeTarget), free);
});

test('a volume comes from an absolute path that survives the CSV of --mount', () => {
  const sources = ['/a', '/a,"b"', 'C:\\a', '\\\\server\\a'];
  assert.equal([...sources, 'a', '', 'input', '/a\0', '/a\r\nb'].filter(isVolumeSource), sources);
});

test('all other names and folders', () => {
  const name = 'a name without control characters that does not begin with "-"';
  assert.equal(
    errors({
      platform: 'linux/arm64/v8',
      securityOpt: 'seccomp=/a b.json',
      volumesFrom: ['a', 'b:ro'],
      workingDirectory: '/a b',
    }),
    [],
  );
  assert.equal(
    errors({ platform: '-x', securityOpt: '', volumesFrom: ['a', '--privileged'], workingDirectory: 'a' }),
    [
      `\`bundling.platform\` is "-x", but must be ${name}.`,
      `\`bundling.securityOpt\` is "", but must be ${name}.`,
      `\`bundling.volumesFrom[1]\` is "--privileged", but must be ${name}.`,
      '`bundling.workingDirectory` is "a", but must be an absolute path in the container, without control characters.',
    ],
  );
  assert.is(errors({ workingDirectory: 'C:\\a' }).length, 1);
  assert.is(errors({ workingDirectory: '/a\nb' }).length, 1);
});

test('capabilities, a number of processes and an amount of memory', () => {
  const accepted = [
    { capAdd: null, memory: null },
    { capAdd: [], pidsLimit: 1, memory: '1' },
    { capAdd: ['ALL', 'CHOWN', 'cap_sys_ptrace'], pidsLimit: -1, memory: '512M' },
  ];
  assert.equal(accepted.map(errors), [[], [], []]);
  const capability = 'the name of a capability, such as "CHOWN"';
  assert.equal(errors({ capAdd: ['A', '-x', '', 'A\n', 'A,B'] }), [
    `\`bundling.capAdd[1]\` is "-x", but must be ${capability}.`,
    `\`bundling.capAdd[2]\` is "", but must be ${capability}.`,
    `\`bundling.capAdd[3]\` is "A\\n", but must be ${capability}.`,
    `\`bundling.capAdd[4]\` is "A,B", but must be ${capability}.`,
  ]);
  for (const pidsLimit of [0, -2, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(errors({ pidsLimit }), [
      `\`bundling.pidsLimit\` is "${pidsLimit}", but must be a whole number of 1 or more, or -1 for no limit.`,
    ]);
  }
  for (const memory of ['', '0', '-1', '2 g', '2t', '1.5g', '2g\n']) {
    assert.equal(errors({ memory }), [
      `\`bundling.memory\` is ${JSON.stringify(memory)}, but must be a number of bytes, or one with "k", "m" or "g" after it.`,
    ]);
  }
});

test('an entrypoint and a command are lists of arguments', () => {
  const list = 'a list of at least one text, none with a NUL in it; leave it out for the default';
  assert.equal(errors({ entrypoint: ['sh', '-c'], command: ['make', ''] }), []);
  assert.equal(errors({ entrypoint: null }), []);
  assert.equal(errors({ entrypoint: [], command: ['a', 'b\0'] }), [
    `\`bundling.entrypoint\` is "", but must be ${list}.`,
    `\`bundling.command\` is "a b\\u0000", but must be ${list}.`,
  ]);
});

test('every rule of the options is asked for when a plan is made', () => {
  const refused = refusals(
    request({
      docker: { environment: [], volumes: [], platform: '' },
      dependencies: { ...DEFAULT_DEPENDENCIES, from: '' },
      prefix: '..',
      assetHashType: 'custom',
    }),
  );
  assert.equal(
    refused.map((error) => 'option' in error && error.option),
    ['bundling.platform', 'dependencies.from', 'bundling.outputPathSuffix', 'bundling.assetHashType'],
  );
});

test.run();
