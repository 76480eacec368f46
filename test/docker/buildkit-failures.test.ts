import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { buildxMachine, errorOf } from '../support/buildx-machine';
import { repository, run } from '../support/consumer';
import { argumentsNow } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('BuildKit of the engine at hand: what goes wrong');

const buildxTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = buildxSkipReason('public.ecr.aws/sam/build-python3.11');
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

/** The builder has seen no build with this, so that it runs. */
const SALT = `${Date.now()}-${process.pid}`;

const planFor = (docker: Partial<BundleRequest['docker']> = {}): BundlePlan =>
  planWith(`# ${SALT}\nsix==1.16.0\n`, {
    executor: 'buildkit',
    docker: { environment: [], volumes: [], ...docker },
  });

const fails = async (plan: BundlePlan, changes: NodeJS.ProcessEnv = {}) => {
  const error = errorOf(await buildxMachine({ changes }).run(plan));
  assert.not(fs.existsSync(plan.output.path));
  return error;
};

buildxTest('no network: no index can be asked', async () => {
  const plan = planFor({ network: 'none', environment: ['UV_HTTP_RETRIES'] });
  const error = await fails(plan, { UV_HTTP_RETRIES: '0', PIP_RETRIES: '1' });
  if (error._tag !== 'IndexFailed') throw new Error(showExecutionError(error));
  assert.match(error.wanted, /\/simple\/six\/$/);
});

buildxTest('an image that cannot be had', async () => {
  const image = 'localhost:1/no-such-image';
  const error = await fails(planFor({ image }));
  if (error._tag !== 'ImageNotAvailable') throw new Error(showExecutionError(error));
  assert.is(error.image, image);
  assert.match(error.output, 'localhost:1');
});

buildxTest('an engine that does not answer, and a builder that nobody knows', async () => {
  const down = await fails(planFor(), { DOCKER_HOST: 'unix:///nonexistent.sock' });
  if (down._tag !== 'NoBuilder') throw new Error(showExecutionError(down));
  assert.equal(down.builders, ['the default builder']);
  assert.match(down.output, 'unix:///nonexistent.sock');
  assert.equal(await fails(planFor(), { CDK_LAMBDA_PYTHON_BUILDERS: 'nobody, nobody' }), {
    _tag: 'NoBuilder',
    builders: ['nobody'],
    output: 'ERROR: no builder "nobody" found',
  });
});

buildxTest('no buildx, and no client', async () => {
  assert.equal(await fails(planFor(), { DOCKER_CONFIG: temporaryFolder() }), {
    _tag: 'BuildxNotFound',
    program: 'docker',
  });
  assert.equal(await fails(planFor(), { CDK_DOCKER: 'no-such-engine' }), {
    _tag: 'DockerNotFound',
    program: 'no-such-engine',
  });
});

buildxTest('a cache that the builder of an engine cannot have', async () => {
  const cache = { CDK_LAMBDA_PYTHON_BUILD_CACHE: 'type=registry,ref=localhost:1/cache:{set}' };
  const error = await fails(planFor(), cache);
  if (error._tag !== 'BuildCacheRefused') throw new Error(showExecutionError(error));
  assert.is(error.builder, 'the default builder');
});

/** The command line, on a machine with buildx. */
const cliEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...environmentWith({ uv: true, docker: true }),
  DOCKER_CONFIG: clientFolder(),
  HOME: folder,
  CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
});

const main = path.join(repository, 'lib/cli/main.js');

buildxTest(
  'umask 077, and files that only their owner may read: a builder reads what it is sent',
  async () => {
    const source = folderOf({
      'index.py': HANDLER,
      'requirements.txt': `# ${SALT} umask\nsix==1.16.0\n./lib\n`,
    });
    fs.mkdirSync(path.join(source, 'lib'));
    fs.writeFileSync(
      path.join(source, 'lib/pyproject.toml'),
      '[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npy-modules = ["x_lib"]\n',
    );
    fs.writeFileSync(path.join(source, 'lib/x_lib.py'), '', { mode: 0o600 });
    fs.chmodSync(path.join(source, 'requirements.txt'), 0o600);
    const out = path.join(source, 'out');
    const argv = [main, 'bundle', 'index.py', '--runtime', '3.11', '--executor', 'buildkit', '--out', out];
    const script = `umask 077; exec "$0" "$@"`;
    const ended = await run(
      'sh',
      ['-c', script, process.execPath, ...argv],
      source,
      cliEnvironment(temporaryFolder()),
    );
    assert.is(ended.status, 0, ended.stderr);
    for (const name of ['six.py', 'x_lib.py']) assert.ok(fs.existsSync(path.join(out, name)), name);
  },
);

buildxTest('a run that is told to end in the middle ends its build, and leaves nothing', async () => {
  const folder = temporaryFolder();
  const seconds = `62.${process.pid}`;
  const plan = planWith('', {
    executor: 'buildkit',
    docker: { environment: [], volumes: [], entrypoint: null, command: ['sleep', seconds] },
  });
  fs.writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan));
  const out = path.join(folder, 'out');
  const argv = [main, 'run', 'plan.json', '--allow-commands', '--out', out];
  const child = spawn(process.execPath, argv, { cwd: folder, env: cliEnvironment(folder), stdio: 'ignore' });
  const isRunning = (): boolean => argumentsNow().some((line) => line.startsWith(`sleep\0${seconds}\0`));
  const ended = once(child, 'exit');
  for (const deadline = Date.now() + 60_000; !isRunning();) {
    assert.ok(Date.now() < deadline && child.exitCode === null, 'it never ran');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const toldAt = performance.now();
  child.kill('SIGTERM');
  await ended;
  while (isRunning() && performance.now() - toldAt < 5000)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(performance.now() - toldAt < 5000, 'it has not ended within 5 s');
  assert.equal(fs.readdirSync(folderStore(path.join(folder, 'store')).temporaries), []);
  assert.not(fs.existsSync(out));
});

test.run();
