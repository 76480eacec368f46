import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeBatch } from '../../src/exec/batch/batch-request';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest, DockerRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';

const test = suite('a container with copies in volumes');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason(IMAGE);
    if (reason !== undefined) {
      console.log(`SKIPPED: ${reason}`);
      return;
    }
    const before = leftovers();
    await body();
    assert.equal(leftovers(), before, 'volumes and containers');
  });

const lines = (...argv: readonly string[]): readonly string[] =>
  execFileSync('docker', argv, { encoding: 'utf8' }).split('\n').filter(Boolean).sort();

const leftovers = (): readonly string[] => [
  ...lines('volume', 'ls', '--quiet').filter((name) => name.startsWith('cdk-lambda-python-')),
  ...lines('ps', '--all', '--format', '{{.Names}}').filter((name) => name.startsWith('cdk-lambda-python-')),
];

const planFor = (
  requirements: string,
  docker: Partial<DockerRequest>,
  changes: Partial<BundleRequest> = {},
): BundlePlan =>
  planWith(requirements, {
    executor: 'docker',
    bytecode: 'require',
    docker: { environment: [], volumes: [], fileAccess: 'copy', ...docker },
    ...changes,
  });

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...environmentWith({ uv: true, docker: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  ...more,
});

const outcome = async (
  plan: BundlePlan,
  more: NodeJS.ProcessEnv = {},
): Promise<ExecutionReport['outcome']> => {
  const [report] = await execute([plan], environment(more));
  if (report === undefined) throw new Error('no report');
  return report.outcome;
};

const bundled = async (plan: BundlePlan, more: NodeJS.ProcessEnv = {}): Promise<string> => {
  const made = await outcome(plan, more);
  if (made._tag !== 'Bundled') throw new Error(JSON.stringify(made));
  return made.path;
};

const message = async (plan: BundlePlan): Promise<string> => {
  const made = await outcome(plan);
  if (made._tag !== 'Failed') throw new Error('it was made');
  return showExecutionError(made.error);
};

dockerTest('the bundle is the same as with mounted folders, and belongs to the invoking user', async () => {
  const requirements = 'idna==3.6\nmarkupsafe==2.1.5\n';
  const mounted = planFor(requirements, { fileAccess: 'bind' });
  const copied = planFor(requirements, {});
  assert.is(copied.hash.asset, mounted.hash.asset);
  const folder = await bundled(copied);
  assert.equal(listTree(folder), listTree(await bundled(mounted)));
  const compiled = listTree(folder).filter(({ path: name }) => name.endsWith('.cpython-311.pyc'));
  assert.ok(compiled.some(({ path: name }) => name.startsWith('markupsafe/__pycache__/')));
  assert.ok(compiled.some(({ path: name }) => name === '__pycache__/index.cpython-311.pyc'));
  const owners = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => fs.statSync(path.join(folder, name)).uid);
  assert.equal([...new Set(owners)], [process.getuid?.()]);
});

dockerTest('as another user, who may write what was copied; what must be built is', async () => {
  const folder = await bundled(planFor('psutil==5.0.0\n', { user: 'nobody' }));
  assert.ok(fs.readdirSync(path.join(folder, 'psutil')).some((name) => name.endsWith('.so')));
});

dockerTest('the network is kept: without one nothing can be installed, in either mode', async () => {
  for (const fileAccess of ['copy', 'bind'] as const) {
    assert.match(
      await message(planFor('six==1.16.0\n', { fileAccess, network: 'none' })),
      /^pip in public\.ecr\.aws\/sam\/build-python3\.11 could not get .*: its host is not known here \(DNS\)\./,
    );
  }
});

dockerTest('what fails before the run, and after it', async () => {
  const image = 'localhost:1/no-such-image';
  assert.match(
    await message(planFor('six==1.16.0\n', { image })),
    /^The build image localhost:1\/no-such-image is not on this machine and could not be pulled\./,
  );
  assert.match(
    await message(planFor('six==1.16.0\n', { user: 'no-such-user' })),
    /^Installing the requirements failed: copying files with docker ended with exit code 1\.[\s\S]*no-such-user/,
  );
});

/** A process that makes a bundle, as a synthesis starts it. */
const startRunner = (plan: BundlePlan) => {
  const runner = spawn(
    process.execPath,
    ['--require', 'tsx/cjs', require.resolve('../../src/exec/runner.ts')],
    { env: environment({ NODE_PATH: process.env['NODE_PATH'] }), stdio: ['pipe', 'ignore', 'inherit'] },
  );
  runner.stdin.end(encodeBatch([{ plan, environment: {} }]));
  return runner;
};

const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 300; tries++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
};

for (const [signal, phase] of [
  ['SIGINT', 'while it runs'],
  ['SIGTERM', 'while files are copied'],
] as const) {
  dockerTest(`a runner that is told to end ${phase}`, async () => {
    const runner = startRunner(
      planFor('six==1.16.0\n', { entrypoint: ['sh', '-c', 'sleep 60'] }, { bytecode: 'off' }),
    );
    const exit = once(runner, 'exit');
    const part = phase === 'while it runs' ? '-run' : '-files';
    await until(() => leftovers().some((name) => name.endsWith(part)));
    const started = Date.now();
    runner.kill(signal);
    assert.equal(await exit, [null, signal]);
    assert.ok(Date.now() - started < 30_000, 'it did not wait for the run to end');
  });
}

dockerTest(
  'volumes of other containers, the working directory, security options, platform and user',
  async () => {
    const name = `cdk-lambda-python-test-${process.pid}`;
    const wheels = temporaryFolder();
    fs.writeFileSync(path.join(wheels, 'noted'), 'here');
    execFileSync('docker', ['create', '--name', name, '--volume', '/from-another', IMAGE, 'true']);
    try {
      execFileSync('docker', ['cp', `${wheels}/noted`, `${name}:/from-another/noted`]);
      for (const fileAccess of ['bind', 'copy'] as const) {
        const script =
          'cat /from-another/noted > /asset-output/noted.txt; pwd >> /asset-output/noted.txt; id -u >> /asset-output/noted.txt; grep NoNewPrivs /proc/self/status >> /asset-output/noted.txt; touch /asset-output/six.py';
        const folder = await bundled(
          planFor(
            'six==1.16.0\n',
            {
              fileAccess,
              volumesFrom: [name],
              workingDirectory: '/usr',
              securityOpt: 'no-new-privileges',
              platform: 'linux/amd64',
              user: '0:0',
              entrypoint: ['sh', '-c', script],
            },
            { bytecode: 'off' },
          ),
        );
        assert.is(fs.readFileSync(path.join(folder, 'noted.txt'), 'utf8'), 'here/usr\n0\nNoNewPrivs:\t1\n');
      }
    } finally {
      spawnSync('docker', ['rm', '--force', '--volumes', name]);
    }
  },
);

test.run();
