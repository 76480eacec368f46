import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dockerArgv, PLACEHOLDERS } from '../../../src/plan/install/docker-argv';
import { dockerInstall } from '../../../src/plan/install/container-install';
import { hostInstall } from '../../../src/plan/install/installer-argv';
import { installInconsistencies } from '../../../src/plan/decode/install-consistency';
import type {
  DockerInstall,
  GeneratedFile,
  InstallInput,
  InstallPlan,
  LineEdit,
  Mount,
} from '../../../src/plan/model/install-plan';
import { findRuntime } from '../../../src/plan/target/python-runtime';
import { file, folder, planned, request, requiring } from '../support/world';

const test = suite('install consistency');

const docker = {
  environment: ['TOKEN'],
  volumesDigest: 'v1',
  volumes: [{ hostPath: '/srv/w', containerPath: '/w', readOnly: true }],
};
const plan = planned(
  request({ runtime: { prop: '3.11' }, docker }),
  requiring('six\n-e ../y\n', folder('y', '/app/y', [file('setup.py'), file('y.py')])),
);
const { install } = plan;
if (install === null) throw new Error('no install');

const errors = (changes: Partial<InstallPlan>): readonly string[] =>
  installInconsistencies({ ...install, ...changes }, plan).map(({ path, message }) => `${path}: ${message}`);

test('an install of plan() is consistent', () => {
  assert.equal(errors({}), []);
});

test('what the host runs cannot be chosen', () => {
  const { host } = install;
  const [uv, pip] = host.tools;
  if (uv === undefined || pip === undefined) throw new Error('two tools');
  const hostErrors = (changes: Partial<InstallPlan['host']>): readonly string[] =>
    errors({ host: { ...host, ...changes } });
  assert.equal(
    hostErrors({ tools: [{ ...uv, programs: [['sh', '-c', 'evil'], ...uv.programs.slice(1)] }, pip] }),
    [
      '/install/host/tools/0/programs/0/0: must be "uv", got "sh"',
      '/install/host/tools/0/programs/0/1: unknown field',
      '/install/host/tools/0/programs/0/2: unknown field',
    ],
  );
  const [run = []] = pip.runs;
  assert.equal(hostErrors({ tools: [uv, { ...pip, runs: [[...run, '--index-url', 'https://evil']] }] }), [
    '/install/host/tools/1/runs/0/46: unknown field',
    '/install/host/tools/1/runs/0/47: unknown field',
  ]);
  assert.equal(hostErrors({ tools: [uv, { ...pip, runs: [run, ['install', 'evil']] }] }), [
    '/install/host/tools/1/runs/1: unknown field',
  ]);
  assert.equal(hostErrors({ tools: [{ ...uv, runs: [] }, pip] }), [
    '/install/host/tools/0/runs/0: must be an array, got nothing',
  ]);
  assert.equal(hostErrors({ tools: [{ ...uv, minimumVersion: '0.0.1' }, pip] }), [
    '/install/host/tools/0/minimumVersion: must be "0.9.16", got "0.0.1"',
  ]);
  assert.equal(hostErrors({ tools: [pip] }).slice(0, 1), [
    '/install/host/tools/0/tool: must be "uv", got "pip"',
  ]);
  assert.equal(hostErrors({ environment: { ...host.environment, PATH: '/evil' } }), [
    '/install/host/environment/PATH: unknown field',
  ]);
  assert.equal(hostErrors({ markers: { ...host.markers, sys_platform: 'win32' } }), [
    '/install/host/markers/sys_platform: must be "linux", got "win32"',
  ]);
  assert.equal(hostErrors({ localPackages: [] }).slice(0, 2), [
    '/install/host/tools/0/runs/0/10: must be "--no-config", got "--no-binary"',
    '/install/host/tools/0/runs/0/11: must be "--verify-hashes", got "y"',
  ]);
});

/** With the argv that the fields give, so that only something else can be wrong. */
const container = (changes: Partial<DockerInstall>): readonly string[] => {
  const fields = { ...install.docker, ...changes };
  return errors({ docker: { ...fields, argv: changes.argv ?? dockerArgv(fields, PLACEHOLDERS) } });
};
const places = (found: readonly string[]): readonly string[] =>
  found.map((error) => error.replace(/: .*/s, ''));

test('nor can what the container runs', () => {
  const { command, argv } = install.docker;
  assert.equal(container({ argv: ['run', '--privileged', ...argv.slice(2)] }), [
    '/install/docker/argv/1: must be "--rm", got "--privileged"',
  ]);
  assert.equal(container({ command: ['sh', ...command.slice(1)] }), [
    '/install/docker/command/0: must be "python", got "sh"',
    `/install/docker/argv/${argv.length - 4}: must be "python", got "sh"`,
  ]);
  assert.equal(places(container({ image: 'evil' })), [
    '/install/docker/image',
    `/install/docker/argv/${argv.length - 5}`,
  ]);
  assert.equal(places(container({ environment: ['PATH'] })).slice(0, 1), ['/install/docker/environment/0']);
});

test('options that a user may set are as they are', () => {
  assert.equal(container({ user: 'root', network: 'none', platform: 'linux/386' }), []);
  assert.equal(container({ workingDirectory: '/src' }), []);
  assert.equal(container({ securityOpt: 'label=disable', volumesFrom: ['a', 'b'], fileAccess: 'copy' }), []);
  assert.equal(container({ entrypoint: ['env', 'A=b'] }), []);
  assert.equal(container({ capAdd: ['CHOWN'], pidsLimit: -1, memory: '2g' }), []);
  const argv = dockerArgv({ ...install.docker, securityOpt: 'a' }, PLACEHOLDERS);
  assert.equal(places(container({ securityOpt: 'b', argv })), ['/install/docker/argv/11']);
  assert.equal(container({ environment: [...install.docker.environment, 'MORE'] }), []);
});

test('a command of one’s own, and hooks, are only in what is built as a whole', () => {
  const own = { ...install.docker, command: ['make', 'all'] };
  const docker = { ...own, argv: dockerArgv(own, PLACEHOLDERS) };
  const hooks = { before: ['make'], after: [] };
  assert.equal(errors({ docker, isWhole: true }), []);
  // The container's task holds the commands as well.
  assert.equal(places(errors({ hooks, isWhole: true })), [
    '/install/docker/command/3',
    `/install/docker/argv/${install.docker.argv.length - 1}`,
  ]);
  const lacks = ['/install/isWhole: must be true, got false'];
  assert.equal(errors({ docker }), lacks);
  assert.equal(errors({ hooks }).slice(-1), lacks);
  assert.equal(errors({ docker, isWhole: true, executor: 'host' }), [
    '/install/executor: must be "docker", "buildkit" or "auto": only a container can run its own command',
  ]);
  assert.equal(errors({ isWhole: true }), ['/install/isWhole: must be false, got true']);
});

test('the folders of the install are mounted first, and as they must be', () => {
  const [input, output, bytecode, tools, cache, volume] = install.docker.mounts;
  if (!input || !output || !bytecode || !tools || !cache || !volume) throw new Error('six mounts');
  const rest = [bytecode, tools, cache];
  const mounts = (first: Mount, second: Mount, ...volumes: readonly Mount[]): string =>
    places(container({ mounts: [first, second, ...rest, ...volumes] })).join();
  assert.match(
    mounts({ ...input, source: '/etc' }, output, volume),
    /^\/install\/docker\/mounts\/0\/source,/,
  );
  assert.match(
    mounts({ ...input, target: '/etc' }, output, volume),
    /^\/install\/docker\/mounts\/0\/target,/,
  );
  assert.match(
    mounts(input, { ...output, readOnly: true }, volume),
    /^\/install\/docker\/mounts\/1\/readOnly,/,
  );
  assert.match(
    places(container({ mounts: [input] })).join(),
    /^\/install\/docker\/mounts\/1,\/install\/docker\/mounts\/2,/,
  );
  assert.is(mounts(input, output), '');
  assert.is(
    mounts(input, output, { source: 'input', target: '/x', readOnly: true }),
    '/install/docker/mounts/5/source',
  );
  for (const target of [
    '/asset-input',
    '/asset-output/x',
    '/asset-tools',
    '/asset-cache/uv',
    '/',
    '/a/../asset-input',
    'C:\\x',
  ]) {
    assert.is(mounts(input, output, { ...volume, target }), '/install/docker/mounts/5/target', target);
  }
  assert.is(mounts(input, output, volume, { ...volume, source: '/x' }), '/install/docker/mounts/6/target');
});

const [first, second, ...others] = install.inputs;
if (first === undefined || second === undefined) throw new Error('two inputs');
const withInput = (changes: Partial<InstallInput>): readonly string[] =>
  errors({ inputs: [{ ...first, ...changes }, second, ...others] });

test('inputs lie at different places, the requirements file where the installer looks for it', () => {
  assert.equal(errors({ inputs: [first, second, second, ...others] }), [
    '/install/inputs/2/path: "y/setup.py" is there twice',
  ]);
  assert.equal(withInput({ path: 'lib/other.txt' }), [
    '/install/requirements/0: "requirements.txt" is not among the inputs of "lib"',
  ]);
  assert.equal(places(errors({ workingDirectory: 'y' })).slice(0, 1), ['/install/requirements/0']);
});

/** With the commands that the requirements give, so that only something else can be wrong. */
const withFiles = (
  requirements: readonly string[],
  changes: Pick<Partial<InstallPlan>, 'generated' | 'inputs' | 'isLocked'> = {},
): readonly string[] => {
  const inputs = changes.inputs ?? install.inputs;
  const own = { environment: [], buildsInput: inputs.length > 1, localPackages: install.host.localPackages };
  const runtime = findRuntime(plan.runtime.name);
  if (runtime === undefined) throw new Error('no runtime');
  const what = { ...install, ...changes, requirements, ...own, runtime };
  const host = hostInstall(runtime, 'x86_64', what);
  const inContainer = dockerInstall('x86_64', docker, plan.image, what, plan.bytecode);
  return errors({ ...changes, requirements, host, docker: inContainer });
};
const made = (...paths: readonly string[]): readonly GeneratedFile[] =>
  paths.map((path) => ({ path, text: 'six==1\n' }));

test('every requirements file is among what is gathered or generated', () => {
  const generated = made('lib/a.txt', 'lib/b/c.txt');
  assert.equal(withFiles(['requirements.txt']), []);
  assert.equal(withFiles(['a.txt', 'b/c.txt', 'requirements.txt'], { generated, isLocked: true }), []);
  assert.equal(withFiles(['a.txt'], { generated, inputs: [] }), []);
  assert.equal(withFiles(['requirements.txt', 'a.txt', 'lib/a.txt'], { generated: made('a.txt') }), [
    '/install/requirements/1: "a.txt" is not among the inputs of "lib"',
    '/install/requirements/2: "lib/a.txt" is not among the inputs of "lib"',
  ]);
});

test('other requirements files, or a lock that is none, have other commands', () => {
  for (const claim of [{ isLocked: true }, { isHashed: true }])
    assert.equal(places(errors(claim)).slice(0, 1), ['/install/host/tools/0/runs/0/17']);
  const generated = made('lib/a.txt');
  const found = places(errors({ generated, requirements: ['requirements.txt', 'a.txt'] }));
  assert.ok(found.includes('/install/host/tools/1/runs/1'));
  assert.ok(found.includes('/install/docker/command/3'));
});

test('a generated file has a place that no other has', () => {
  assert.equal(errors({ generated: made('lib/a.txt', 'lib/b.txt') }), []);
  assert.equal(errors({ generated: made('lib/a.txt', 'lib/b.txt', 'lib/a.txt') }), [
    '/install/generated/2/path: "lib/a.txt" is there twice',
  ]);
  assert.equal(errors({ generated: made('lib/requirements.txt') }), [
    '/install/generated/0/path: "lib/requirements.txt" is there twice',
  ]);
  assert.equal(errors({ generated: made('lib/requirements.txt/a', 'y') }), [
    '/install/inputs/0/path: "lib/requirements.txt" is the folder of another file',
    '/install/generated/1/path: "y" is the folder of another file',
  ]);
});

const edit = (text: string): readonly string[] => withInput({ edits: [{ from: 2, to: 2, text }] });

test('an edit points to a place among the inputs', () => {
  const fine = [
    '../y',
    '../y[a] ; os_name == "nt"',
    './x --hash=sha256:0',
    '.',
    '-r ../base.txt',
    '-c "a b.txt"',
    '--find-links w',
  ];
  for (const text of fine) assert.equal(edit(text), [], text);
});

test('packages are seen from the folder of the requirements, includes from their file', () => {
  const at = (path: string, text: string): number =>
    withInput({ path, edits: [{ from: 1, to: 1, text }] }).filter((error) => error.includes('/edits/'))
      .length;
  assert.equal([at('base.txt', '../y'), at('base.txt', '-r ../x.txt')], [0, 1]);
  assert.equal([at('lib/a/b/base.txt', '../../../y'), at('lib/a/b/base.txt', '-r ../../../x.txt')], [1, 0]);
});

test('it can say nothing else', () => {
  const refused = [
    '',
    '# nothing',
    'evil-package',
    'evil @ https://evil/x.whl',
    'git+https://evil/x',
    '--index-url https://evil',
    '-r https://evil/x.txt',
    '-f https://evil',
    '/etc/x',
    '-r /etc/x',
    'file:///etc/x',
    '../../x',
    '-r ../../x.txt',
    '../y/../../x',
    'C:\\x',
    '\\\\server\\x',
  ];
  for (const text of refused) {
    const shown = JSON.stringify(text);
    assert.equal(edit(text), [`/install/inputs/0/edits/0/text: ${shown} does not point to an input`], text);
  }
});

test('edits come in the order of their lines', () => {
  const lines = (...ranges: readonly (readonly [number, number])[]): readonly string[] =>
    withInput({ edits: ranges.map(([from, to]): LineEdit => ({ from, to, text: '../y' })) });
  assert.equal(lines([1, 1], [2, 4], [5, 5]), []);
  assert.equal(lines([0, 1]), ['/install/inputs/0/edits/0/from: must be after the line 0, got 0']);
  assert.equal(lines([3, 2]), ['/install/inputs/0/edits/0/to: must be 3 or more, got 2']);
  assert.equal(lines([1, 3], [3, 4]), ['/install/inputs/0/edits/1/from: must be after the line 3, got 3']);
});

test.run();
