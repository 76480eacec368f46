import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildCache } from '../../../src/exec/buildkit/build-cache';
import type { Builders } from '../../../src/exec/buildkit/builders';
import { liveBuilders } from '../../../src/exec/buildkit/builders';
import { buildkitInstaller } from '../../../src/exec/buildkit/buildkit-install';
import type { Command } from '../../../src/exec/process/shell';
import { HOOK_MARKER } from '../../../src/exec/scripts/whole-script';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';
import type { Answer } from '../support/recording-shell';
import { NOT_THERE, recordingShell } from '../support/recording-shell';
import { runFolders } from '../support/requests';

const test = suite('BuildKit install: its command, and what its failures mean');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

interface World {
  readonly names?: readonly (string | undefined)[];
  readonly period?: number;
  readonly own?: NodeJS.ProcessEnv;
  readonly changes?: Partial<BundleRequest>;
  readonly isAlone?: true;
}

const install = async (
  answer: (command: Command, index: number) => Answer,
  { names = [undefined], own = {}, changes = {}, period, isAlone }: World = {},
) => {
  const plan = planWith('six\n', { runtime: { prop: '3.13' }, executor: 'buildkit', ...changes });
  if (plan.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  writeTree(folders.input, { 'requirements.txt': 'six\n' });
  for (const folder of [folders.output, folders.bytecode]) fs.mkdirSync(folder, { recursive: true });
  const { shell, commands } = recordingShell(answer);
  const lines: string[] = [];
  const tell = (line: string): void => void lines.push(line);
  const liveOnes = liveBuilders(names, tell);
  // In the order of their names, whatever is built.
  const builders: Builders = { build: (_, work) => liveOnes.build('0', work) };
  const world = {
    program: 'docker',
    environment: own,
    builders,
    cache: buildCache(own),
    tell,
    ...(period && { period }),
  };
  const environment = { TOKEN: 's3cr3t' };
  const task = { plan, install: plan.install, folders, environment, ...(isAlone && { isAlone }) };
  const result = await buildkitInstaller(shell, world)(task);
  const ended: object = E.isLeft(result) ? result.left : result.right;
  return { commands, lines, folders, plan, result: ended as Readonly<Record<string, unknown>> };
};

/** The folder that a build is told to write its last stage to. */
const outputOf = ({ argv }: Command): string =>
  argv.find((argument) => argument.startsWith('type=local,dest='))?.slice('type=local,dest='.length) ?? '';

const builds = (command: Command): Answer => {
  writeTree(outputOf(command), { 'output/six.py': 'six', 'bytecode/six.pyc': 'pyc' });
  return { output: '#9 0.2 Successfully installed' };
};

const failing = (output: string, world: World = {}) =>
  install((_, index) => (index === 0 ? { exitCode: 1, output } : { stdout: 'v0.19.3' }), world);

test('inputs and tools are sent in one folder, and what comes back lies where an install is looked for', async () => {
  let sent: readonly string[] = [];
  let script = '';
  const { commands, result, folders } = await install(
    (command) => {
      script = fs.readFileSync(path.join(command.argv.at(-1) ?? '', 'tools/run.sh'), 'utf8');
      sent = listTree(command.argv.at(-1) ?? '').map(({ path: file }) => file);
      return builds(command);
    },
    {
      changes: { docker: { environment: ['TOKEN', 'OTHER'], volumes: [] } },
      own: { PIP_INDEX_URL: 'https://x', OTHER: '' },
    },
  );
  assert.equal(result, {
    by: 'buildkit',
    tool: `pip in ${IMAGE} on the default builder`,
    output: '#9 0.2 Successfully installed',
  });
  assert.is(commands.length, 1);
  const argv = commands[0]?.argv ?? [];
  assert.equal(argv.slice(0, 3), ['docker', 'buildx', 'build']);
  assert.is(path.basename(argv.at(-1) ?? ''), 'cdk-lambda-python');
  assert.equal(
    argv.filter((argument) => argument.startsWith('id=')),
    ['id=PIP_INDEX_URL,env=PIP_INDEX_URL', 'id=TOKEN,env=TOKEN'],
  );
  assert.match(script, '\nexport OTHER=\n');
  assert.not.match(script, 's3cr3t');
  assert.equal(commands[0]?.environment, { TOKEN: 's3cr3t' });
  assert.not.match(JSON.stringify(argv), /s3cr3t/);
  assert.equal(sent, [
    'Dockerfile',
    'input/requirements.txt',
    'tools/bytecode.py',
    'tools/install.py',
    'tools/pip_by_variables.py',
    'tools/pip_without_builds.py',
    'tools/run.sh',
  ]);
  assert.is(fs.readFileSync(path.join(folders.output, 'six.py'), 'utf8'), 'six');
  assert.is(fs.readFileSync(path.join(folders.bytecode, 'six.pyc'), 'utf8'), 'pyc');
});

test('a named builder, and a cache in which each set has its place', async () => {
  const own = { CDK_LAMBDA_PYTHON_BUILD_CACHE: 'type=registry,ref=r.example/c:{set}' };
  const { commands, plan, result } = await install(builds, { names: ['fleet-1'], own });
  const argv = commands[0]?.argv ?? [];
  assert.equal(argv.slice(3, 5), ['--builder', 'fleet-1']);
  const cache = `type=registry,ref=r.example/c:${plan.hash.dependencies}`;
  assert.equal(argv.slice(argv.indexOf('--cache-from'), argv.indexOf('--cache-to') + 2), [
    '--cache-from',
    cache,
    '--cache-to',
    `${cache},ignore-error=true`,
  ]);
  assert.is(result['tool'], `pip in ${IMAGE} on fleet-1`);
});

test('local packages alone neither read nor replace the cache of their set', async () => {
  const own = { CDK_LAMBDA_PYTHON_BUILD_CACHE: 'type=registry,ref=r.example/c:{set}' };
  const { commands } = await install(builds, { own, isAlone: true });
  assert.is(
    commands[0]?.argv.some((argument) => argument.startsWith('--cache-')),
    false,
  );
});

test('what is no cache for each set is told before anything is built', async () => {
  for (const given of ['registry.example/c:{set}', 'type=registry,ref=r.example/c', 'type=gha,{set}\n']) {
    const { commands, result } = await install(builds, { own: { CDK_LAMBDA_PYTHON_BUILD_CACHE: given } });
    assert.equal([commands, result], [[], { _tag: 'InvalidBuildCache' }]);
  }
});

test("a requirement that cannot be had is told as after any install, without BuildKit's words", async () => {
  const { result } = await failing(
    [
      '#9 1.221 ERROR: Could not find a version that satisfies the requirement six (from versions: none)',
      '#9 1.224 ERROR: No matching distribution found for six',
      'ERROR: failed to solve: process "sh" did not complete successfully: exit code: 1',
    ].join('\n'),
  );
  assert.is(result['_tag'], 'NoSuchVersion');
  assert.is(
    result['output'],
    'ERROR: Could not find a version that satisfies the requirement six (from versions: none)\nERROR: No matching distribution found for six',
  );
});

test('a command that was killed, and an image that is not to be had', async () => {
  const killed = await failing(
    'ERROR: failed to solve: process "sh" did not complete successfully: exit code: 137',
  );
  assert.equal(killed.result, { _tag: 'ContainerKilled', image: IMAGE, output: '' });
  const marked = `#9 0.1 ${HOOK_MARKER} afterBundling\nERROR: failed to solve: process "sh" did not complete successfully: exit code: 137`;
  const hooks = { before: [], after: ['kill -9 $$'] };
  assert.is((await failing(marked, { changes: { hooks } })).result['_tag'], 'HookFailed');
  const output = [
    '------',
    ` > [internal] load metadata for ${IMAGE}:latest:`,
    '------',
    'ERROR: failed to solve: failed to do request: dial tcp: connection refused',
  ].join('\n');
  assert.equal((await failing(output)).result, { _tag: 'ImageNotAvailable', image: IMAGE, output });
});

test('where a builder is lost, the next one builds', async () => {
  const lost =
    'ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF';
  const { result, lines, commands, folders } = await install(
    (command, index) => {
      if (index > 0) return builds(command);
      writeTree(outputOf(command), { 'output/half.py': '' });
      return { exitCode: 1, output: lost };
    },
    { names: ['a', 'b'] },
  );
  assert.equal(fs.readdirSync(folders.output), ['six.py']);
  assert.equal(
    commands.map(({ argv }) => argv[4]),
    ['a', 'b'],
  );
  assert.is(result['_tag'], undefined);
  assert.equal(lines, [`the builder a was lost (${lost}); its builds go to the remaining one`]);
});

test('a builder that goes on for ever without a word is given up, and the next one builds', async () => {
  const { result, lines, commands } = await install(
    (command) => {
      const { argv } = command;
      if (argv[2] === 'inspect') return { stdout: 'Nodes:\nStatus:   inactive\n' };
      return argv[4] === 'b' ? builds(command) : { isEndless: true };
    },
    { names: ['a', 'b'], period: 1 },
  );
  assert.is(result['by'], 'buildkit');
  assert.equal(
    commands.map(({ argv }) => argv.slice(2, 5)),
    [
      ['build', '--builder', 'a'],
      ['inspect', 'a'],
      ['inspect', 'a'],
      ['build', '--builder', 'b'],
    ],
  );
  assert.equal(lines, ['the builder a was lost (it no longer answers); its builds go to the remaining one']);
});

test('no builder is left: down, unknown, or an engine that does not answer', async () => {
  for (const output of [
    'ERROR: context deadline exceeded',
    'ERROR: no builder "a" found',
    'ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?',
  ]) {
    const { result } = await failing(output, { names: ['a'] });
    assert.equal(result, { _tag: 'NoBuilder', builders: ['a'], output });
  }
});

test('a cache that cannot be written to is a line', async () => {
  const { result, lines } = await install((command) => ({
    ...builds(command),
    output: '#8 exporting cache to registry\n#9 DONE 0.1s\n#8 ERROR: error writing layer blob: 405\n------',
  }));
  assert.is(result['by'], 'buildkit');
  assert.equal(lines, ['the cache of builds could not be written to: error writing layer blob: 405']);
});

test('a cache that the builder cannot have', async () => {
  const output = 'ERROR: Cache export is not supported for the docker driver.';
  const { result } = await failing(output);
  assert.equal(result, { _tag: 'BuildCacheRefused', builder: 'the default builder', output });
});

test('a client without buildx, and none at all', async () => {
  for (const output of ['unknown flag: --progress', "docker: 'buildx' is not a docker command."]) {
    const { result, commands } = await install(() => ({ exitCode: 1, output }));
    assert.equal(result, { _tag: 'BuildxNotFound', program: 'docker' });
    assert.equal(commands[1]?.argv, ['docker', 'buildx', 'version']);
  }
  assert.equal((await install(() => NOT_THERE)).result, { _tag: 'DockerNotFound', program: 'docker' });
});

test('what BuildKit refuses for another reason is told with its words', async () => {
  const { result } = await failing(
    'ERROR: failed to solve: granting entitlement network.host is not allowed',
  );
  assert.equal(result, {
    _tag: 'InstallFailed',
    tool: 'docker buildx build',
    exit: 'exit code 1',
    output: 'ERROR: failed to solve: granting entitlement network.host is not allowed',
  });
});

test.run();
