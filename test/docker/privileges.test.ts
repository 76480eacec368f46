import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('what a build container may do');

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const run = async (plan: BundlePlan, uv: boolean): Promise<ExecutionReport['outcome']> => {
  const environment = {
    ...environmentWith({ uv, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  };
  const [report] = await execute([plan], environment);
  if (report === undefined) throw new Error('no report');
  return report.outcome;
};

const bundled = async (plan: BundlePlan, uv = true): Promise<string> => {
  const outcome = await run(plan, uv);
  if (outcome._tag !== 'Bundled')
    throw new Error(outcome._tag === 'Failed' ? showExecutionError(outcome.error) : outcome._tag);
  return outcome.path;
};

type Docker = Partial<BundleRequest['docker']>;

const planFor = (requirements: string, docker: Docker, changes: Partial<BundleRequest> = {}, tree = {}) =>
  planWith(
    requirements,
    { executor: 'docker', bytecode: 'off', docker: { environment: [], volumes: [], ...docker }, ...changes },
    tree,
  );

const STATUS = `
grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr '\\t' ' '
cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null
cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null; true`;

/** What a container with these options says of itself. */
const statusWith = async (docker: Docker): Promise<readonly string[]> => {
  const command = ['sh', '-c', `cp index.py /asset-output; (${STATUS}\n) > /asset-output/status.txt`];
  const folder = await bundled(planFor('', { ...docker, command }));
  return fs.readFileSync(path.join(folder, 'status.txt'), 'utf8').trim().split('\n');
};

const NONE = '0000000000000000';
const DEFAULTS = '00000000a80425fb';

dockerTest('nothing but a number of processes, unless it is asked for', async () => {
  const least = await statusWith({});
  assert.equal(least.slice(0, 4), [`CapEff: ${NONE}`, `CapBnd: ${NONE}`, 'NoNewPrivs: 1', '1024']);
  const more = await statusWith({
    user: '0:0',
    capAdd: ['CHOWN'],
    pidsLimit: 77,
    memory: '600m',
    securityOpt: 'no-new-privileges:false',
  });
  assert.equal(more, [
    'CapEff: 0000000000000001',
    'CapBnd: 0000000000000001',
    'NoNewPrivs: 0',
    '77',
    `${600 * 1024 * 1024}`,
  ]);
});

dockerTest('root by name has what commands need who install packages of the system', async () => {
  for (const user of ['root', '0'])
    assert.equal((await statusWith({ user })).slice(0, 2), [`CapEff: ${DEFAULTS}`, `CapBnd: ${DEFAULTS}`]);
  const hooks = {
    before: ['touch /etc/of-root && chown 99:99 /etc/of-root && stat -c %u /etc/of-root > owner.txt'],
    after: ['chmod -R a+rwX . && chown -R 99:99 .'],
  };
  const folder = await bundled(planFor('six==1.16.0\n', { user: 'root' }, { hooks }));
  assert.is(fs.readFileSync(path.join(folder, 'owner.txt'), 'utf8'), '99\n');
  const refused = await run(planFor('six==1.16.0\n', { user: 'root', capAdd: [] }, { hooks }), true);
  if (refused._tag !== 'Failed') throw new Error('it was made');
  assert.match(showExecutionError(refused.error), /Operation not permitted/);
});

/** Goes on only where nothing can be written to the inputs. */
const TRYING = ['sh', '-c', 'if touch /asset-input/mark 2>/dev/null; then exit 9; fi; exec "$@"', 'sh'];

for (const fileAccess of ['bind', 'copy'] as const) {
  dockerTest(`${fileAccess}: a plain install cannot change what it reads`, async () => {
    for (const uv of [true, false]) {
      const folder = await bundled(planFor('six==1.16.0\n', { fileAccess, entrypoint: TRYING }), uv);
      assert.ok(fs.existsSync(path.join(folder, 'six.py')));
    }
  });

  dockerTest(`${fileAccess}: local packages are built, also by tools that write beside them`, async () => {
    const tree = {
      'x/pyproject.toml':
        '[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npackages = ["x_lib"]\n',
      'x/x_lib/__init__.py': '',
      'y/pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "y-lib"\nversion = "1"\n',
      'y/y_lib/__init__.py': '',
    };
    for (const uv of [true, false]) {
      const folder = await bundled(planFor('./x\n./y\n', { fileAccess }, {}, tree), uv);
      for (const name of ['x_lib', 'y_lib']) assert.ok(fs.existsSync(path.join(folder, name)), name);
    }
  });
}

test.run();
