import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../../src/exec/errors/execution-error';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { dockerInstaller } from '../../../src/exec/container/docker-install';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import * as path from 'node:path';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';
import { runFolders } from '../support/requests';
import type { Answer } from '../support/recording-shell';
import { NOT_THERE, recordingShell } from '../support/recording-shell';

const test = suite('docker install: its command, and what its failures mean');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';
const folders = runFolders(path.join(temporaryFolder(), 'a,b'));

const install = async (answer: (index: number) => Answer, changes: Partial<BundleRequest> = {}) => {
  const plan = planWith('six\n', { runtime: { prop: '3.13' }, architecture: 'arm64', ...changes });
  if (plan.install === null) throw new Error('nothing to install');
  const { shell, commands } = recordingShell((_, index) => answer(index));
  const task = { plan, install: plan.install, folders, environment: { TOKEN: 's3cr3t' } };
  const result = await dockerInstaller(shell, { program: 'finch', user: '501:20' })(task);
  return { commands, plan: plan.install.docker, result: E.isLeft(result) ? result.left : result.right };
};

const failing = (exitCode: number, output: string) => install(() => ({ exitCode, output }));

test("the command is the plan's, with the folders and the user of this machine; values stay out of it", async () => {
  const docker = {
    network: 'host',
    environment: ['TOKEN'],
    volumesDigest: 'v1',
    volumes: [{ hostPath: '/srv/wheels', containerPath: '/wheels', readOnly: true }],
  };
  const installed = (): Answer => {
    fs.mkdirSync(folders.output, { recursive: true });
    fs.writeFileSync(path.join(folders.output, 'six.py'), '');
    return { output: 'Successfully installed' };
  };
  const { commands, result, plan } = await install(installed, { docker });
  assert.equal(result, { by: 'docker', tool: `pip in ${IMAGE}`, output: 'Successfully installed' });
  assert.is(commands.length, 1);
  assert.equal(commands[0]?.environment, { TOKEN: 's3cr3t' });
  const argv = commands[0]?.argv ?? [];
  assert.match(argv[3] ?? '', /^cdk-lambda-python-\d+-[0-9a-f]{8}-[0-9a-f]{24}-run$/);
  assert.equal(
    [...argv.slice(0, 3), ...argv.slice(4, 22)],
    [
      'finch',
      'run',
      '--name',
      '--rm',
      '--platform',
      'linux/arm64',
      '--user',
      '501:20',
      '--network',
      'host',
      '--cap-drop',
      'ALL',
      '--security-opt',
      'no-new-privileges',
      '--pids-limit',
      '1024',
      '--mount',
      `type=bind,"source=${folders.input}",target=/asset-input,readonly`,
      '--mount',
      `type=bind,"source=${folders.output}",target=/asset-output`,
      '--mount',
    ],
  );
  assert.equal(
    argv.slice(22, 29).filter((argument) => argument !== '--mount'),
    [
      `type=bind,"source=${folders.bytecode}",target=/asset-bytecode`,
      `type=bind,"source=${folders.tools}",target=/asset-tools,readonly`,
      // Not the downloads that all sets share: a volume of the user's might hold code.
      `type=bind,"source=${path.join(path.dirname(folders.output), 'cache')}",target=/asset-cache`,
      'type=bind,source=/srv/wheels,target=/wheels,readonly',
    ],
  );
  assert.equal(argv.slice(argv.indexOf('TOKEN') - 1), [
    '--env',
    'TOKEN',
    '--workdir',
    '/asset-input',
    IMAGE,
    ...plan.command,
  ]);
  assert.equal(plan.command.slice(0, 3), ['python', '-I', '/asset-tools/install.py']);
  assert.equal(fs.readdirSync(folders.tools).sort(), [
    'bytecode.py',
    'install.py',
    'pip_by_variables.py',
    'pip_without_builds.py',
  ]);
  assert.not.match(JSON.stringify(argv), /s3cr3t/);
});

test('no such engine', async () => {
  const { result, commands } = await install(() => NOT_THERE);
  assert.equal(result, { _tag: 'DockerNotFound', program: 'finch' });
  assert.equal(commands.at(-1)?.argv, ['finch', '--version']);
});

test('an image that has no such command is no missing engine', async () => {
  const output =
    'docker: Error response from daemon: … exec: "python": executable file not found in $PATH: unknown\n';
  const { result } = await install((index) =>
    index === 0 ? { exitCode: 127, output } : { stdout: '28.2.2' },
  );
  assert.equal(result, {
    _tag: 'InstallFailed',
    tool: `pip in ${IMAGE}`,
    exit: 'exit code 127',
    output: output.trim(),
  });
});

test('a pip that is too old for a date is told in words, and not by how it is used', async () => {
  const pip = environmentWith({ pip: true });
  const { stdout, stderr } = spawnSync(
    'python3',
    ['-I', '-m', 'pip', 'install', '--uploaded-prior-to', '2026-01-01T00:00:00Z', 'six'],
    { env: pip, encoding: 'utf8' },
  );
  assert.match(stderr, 'no such option: --uploaded-prior-to');
  const words = `pip in ${IMAGE} is too old for \`dependencies.resolvedAsOf\`, which needs pip 26.0 or newer, or uv 0.9.16 or newer. Install uv on this machine (a container on Linux uses it), name an image with a newer pip in \`bundling.image\`, or set \`bundling.executor\` to "host". A declaration with a lock needs no date.`;
  const shown = async (output: string): Promise<string> => {
    const { result } = await failing(2, output);
    return showExecutionError(result as ExecutionError);
  };
  assert.is(await shown(`${stdout}${stderr}`), words);
  assert.is(
    await shown(`error: Failed to spawn\n${stdout}${stderr}`),
    `${words}\nIts last lines:\n  | error: Failed to spawn`,
  );
});

test('an engine that does not answer, in the words of several', async () => {
  const said: readonly (readonly [number, string])[] = [
    [
      125,
      'docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ],
    [1, 'Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?'],
    [
      125,
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    ],
    [1, 'failed to connect to the docker API at unix:///var/run/docker.sock; check if the daemon is running'],
    [125, 'error during connect: this error may indicate that the docker daemon is not running'],
    [125, 'Cannot connect to Podman. Please verify your connection to the Linux system'],
    [1, 'level=fatal msg="cannot access containerd socket \\"/run/containerd/containerd.sock\\""'],
  ];
  for (const [code, output] of said) {
    const { result } = await failing(code, output);
    assert.equal(result, { _tag: 'DockerDaemonDown', program: 'finch', output }, output);
  }
});

test('what pip says of its network is not about the engine', async () => {
  const output =
    "NewConnectionError('…: Failed to establish a new connection: [Errno 111] Connection refused')";
  const { result } = await failing(1, output);
  assert.equal(result, { _tag: 'InstallFailed', tool: `pip in ${IMAGE}`, exit: 'exit code 1', output });
});

test('what its installer refuses, by name', async () => {
  const hash = `8a${'0'.repeat(62)}`;
  const mismatch = [
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have …',
    '    six==1.16.0 from https://h/six-1.16.0-py2.py3-none-any.whl (from -r requirements.txt (line 1)):',
    `        Expected sha256 ${'0'.repeat(64)}`,
    `             Got        ${hash}`,
  ].join('\n');
  const { result } = await failing(1, mismatch);
  const { declaration, ...rest } = result as { readonly declaration: string };
  assert.is(path.basename(declaration), 'requirements.txt:1');
  assert.equal(rest, { _tag: 'HashMismatch', requirement: 'six==1.16.0', found: `sha256:${hash}` });
  const missing = await failing(1, 'ERROR: No matching distribution found for six==99.0');
  assert.is((missing.result as { readonly requirement?: string }).requirement, 'six==99.0');
});

test('an image that cannot be had', async () => {
  const said = [
    `Unable to find image '${IMAGE}:latest' locally\ndocker: Error response from daemon: Get "https://public.ecr.aws/v2/": dial tcp: no such host`,
    'docker: Error response from daemon: pull access denied for x, repository does not exist or may require docker login',
    'docker: Error response from daemon: manifest unknown: Requested image not found',
    'docker: invalid reference format: repository name must be lowercase',
    'Error: initializing source docker://x: reading manifest latest',
  ];
  for (const output of said) {
    const { result } = await failing(125, output);
    assert.equal(result, { _tag: 'ImageNotAvailable', image: IMAGE, output }, output);
  }
});

test('what is printed in the container is not about its image', async () => {
  const output = 'ERROR: Cannot install git+https://example.com/x: repository does not exist';
  assert.is(((await failing(1, output)).result as { _tag: string })._tag, 'InstallFailed');
});

test('what else the engine refuses is told in its own words', async () => {
  const said = [
    'docker: Error response from daemon: network nope not found',
    `Unable to find image '${IMAGE}' locally\nStatus: Downloaded newer image for x\ndocker: Error response from daemon: network nope not found`,
    'docker: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: /x',
  ];
  for (const output of said) {
    const { result } = await failing(125, output);
    assert.is((result as { _tag: string })._tag, 'InstallFailed', output);
  }
});

test('an install that is killed in the container, and a full disk', async () => {
  assert.equal((await failing(137, 'Collecting six\n')).result, {
    _tag: 'ContainerKilled',
    image: IMAGE,
    output: 'Collecting six',
  });
  assert.equal((await failing(1, 'ERROR: [Errno 28] No space left on device')).result, {
    _tag: 'DiskFull',
    path: folders.output,
  });
});

test.run();
