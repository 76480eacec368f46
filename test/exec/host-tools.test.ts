import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from '../support/bundle-file';
import { environmentWith, hostPython, oldUv } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { planWith } from './support/plans';

const test = suite('host install: which tool, and the same result');

const bundle = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
): Promise<ExecutionReport['outcome'] | undefined> => {
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  return (await execute([plan], { ...environment, ...cache }))[0]?.outcome;
};

/** These tools, and before them a uv that is too old. */
const withOldUv = (tools: { readonly pip?: boolean }): NodeJS.ProcessEnv => {
  const folder = temporaryFolder();
  fs.symlinkSync(oldUv(), path.join(folder, 'uv'));
  const environment = environmentWith(tools);
  return { ...environment, PATH: `${folder}:${environment['PATH']}` };
};

test('uv and pip install the same bytes', async () => {
  const requirements =
    'requests==2.31.0\ncharset-normalizer==3.3.2\nurllib3==2.2.1\ncertifi==2024.2.2\nidna==3.6\n';
  const trees = await Promise.all(
    (['uv', 'pip'] as const).map(async (tool) => {
      const plan = planWith(requirements);
      const outcome = await bundle(plan, environmentWith({ [tool]: true }));
      assert.is(outcome?._tag, 'Bundled', JSON.stringify(outcome));
      return listTree(plan.output.path);
    }),
  );
  assert.ok((trees[0]?.length ?? 0) > 100);
  assert.equal(trees[0], trees[1]);
});

test('a uv that is too old is passed over', async () => {
  const plan = planWith('six==1.16.0\n');
  const outcome = await bundle(plan, withOldUv({ pip: true }));
  assert.is(outcome?._tag, 'Bundled', JSON.stringify(outcome));
  assert.ok(fs.existsSync(path.join(plan.output.path, 'six.py')));
});

test('where nothing else is there it is told', async () => {
  const outcome = await bundle(planWith('six==1.16.0\n'), withOldUv({}));
  assert.equal(outcome, {
    _tag: 'Failed',
    error: {
      _tag: 'NoInstaller',
      tried: [
        'uv (0.9.10, older than 0.9.16)',
        'python3 -m uv (not found)',
        'python -m uv (not found)',
        'python3 -m pip (not found)',
        'python -m pip (not found)',
      ],
      pip: '23.0.0',
    },
  });
});

const is311OrNewer = (): boolean =>
  spawnSync(hostPython(), ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status === 0;

test("a user's modules are not taken for those of pip", async () => {
  const plan = planWith(
    '-e .\n',
    {},
    {
      'pyproject.toml': '[project]\nname = "app"\nversion = "1"\n[tool.setuptools]\npy-modules = ["app"]\n',
      'app.py': 'APP = 1\n',
      'json.py': 'raise SystemExit("the wrong json")\n',
      // Older ones cannot be told to look past it when they are asked for the version of pip.
      ...(is311OrNewer() ? { 'pip.py': 'raise SystemExit("the wrong pip")\n' } : {}),
    },
  );
  const outcome = await bundle(
    { ...plan, sources: plan.sources.filter(({ path }) => path === 'index.py') },
    environmentWith({ pip: true }),
  );
  assert.is(outcome?._tag, 'Bundled', JSON.stringify(outcome));
  assert.ok(fs.existsSync(path.join(plan.output.path, 'app.py')));
});

test('options of pip that a user has set for other work do not matter', async () => {
  const plan = planWith('six==1.16.0\n');
  const environment = { ...environmentWith({ pip: true }), PIP_REQUIRE_VIRTUALENV: '1', PIP_USER: '1' };
  const outcome = await bundle(plan, environment);
  assert.is(outcome?._tag, 'Bundled', JSON.stringify(outcome));
});

test.run();
