import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { counter, WHOLE_ANSWER, WHOLE_HOOKS, WHOLE_TREE } from '../support/whole-scenario';

const test = suite('whole builds in a container');

const RUNTIMES = ['3.9', '3.11', '3.13'];
const imageOf = (version: string): string => `public.ecr.aws/sam/build-python${version}`;

const dockerTest = (name: string, version: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason(imageOf(version));
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const run = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv = {},
): Promise<ExecutionReport['outcome']> => {
  const cache = temporaryFolder();
  const tools = {
    ...environmentWith({ docker: true, uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: cache,
    ...environment,
  };
  const [report] = await execute([plan], tools);
  if (report === undefined) throw new Error('no report');
  assert.equal(fs.readdirSync(folderStore(tools.CDK_LAMBDA_PYTHON_CACHE ?? cache).temporaries), []);
  return report.outcome;
};

const bundled = async (...args: Parameters<typeof run>): Promise<string> => {
  const outcome = await run(...args);
  if (outcome._tag !== 'Bundled') throw new Error(JSON.stringify(outcome, null, 2));
  assert.is(outcome.dependencies, 'docker');
  return outcome.path;
};

const message = async (...args: Parameters<typeof run>): Promise<string> => {
  const outcome = await run(...args);
  if (outcome._tag !== 'Failed') throw new Error(JSON.stringify(outcome));
  return showExecutionError(outcome.error);
};

const pathsIn = (folder: string): readonly string[] => listTree(folder).map((file) => file.path);

const NO_HOOKS = { before: [], after: [] };

const inDocker = (tree: Readonly<Record<string, string>>, changes: Partial<BundleRequest>): BundlePlan =>
  planOf(folderOf({ 'index.py': HANDLER, ...tree }), { executor: 'docker', ...changes });

for (const version of RUNTIMES) {
  dockerTest(`Python ${version}: hooks before and after, and byte code of all`, version, async () => {
    const plan = inDocker(WHOLE_TREE, {
      runtime: { prop: `python${version}` },
      hooks: WHOLE_HOOKS,
      bytecode: 'auto',
    });
    const folder = await bundled(plan);
    const tag = `cpython-${version.replace('.', '')}`;
    assert.equal(
      pathsIn(folder).filter((file) => file.startsWith('__pycache__/')),
      ['generated', 'index', 'six'].map((name) => `__pycache__/${name}.${tag}.pyc`),
    );
    const python = findPython(version);
    if (python === undefined) return console.log(`SKIPPED (the call): no Python ${version}`);
    assert.equal(await invoke(folder, 'index.lambda_handler', {}, { python }), {
      ok: true,
      payload: WHOLE_ANSWER,
    });
  });
}

dockerTest('a container builds what this machine would', '3.11', async () => {
  const tree = {
    ...WHOLE_TREE,
    'requirements.txt': 'six==1.16.0\nidna==3.6\nmarkdown-it-py==3.0.0\n./libs/x\n',
    'libs/x/pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\n[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npackages = ["x_lib"]\n',
    'libs/x/x_lib/__init__.py': '',
  };
  const hooks = {
    before: [...WHOLE_HOOKS.before, 'touch libs/x/made.py', 'ln -s docs more', 'ln -s . more/loop'],
    after: [...WHOLE_HOOKS.after, 'NAMES="$(ls -A | LC_ALL=C sort)"', 'echo "$NAMES" > listing.txt'],
  };
  const there = await bundled(inDocker(tree, { hooks }));
  const here = inDocker(tree, { hooks, executor: 'host' });
  assert.is((await run(here))._tag, 'Bundled');
  assert.equal(listTree(there), listTree(here.output.path));
  assert.ok(pathsIn(there).includes('more/readme.md'));
  assert.not.ok(pathsIn(there).includes('libs/x/made.py'));
});

dockerTest('commands without requirements', '3.11', async () => {
  const plan = inDocker({}, { hooks: { before: ['echo b > b.txt'], after: ['cp b.txt {output}/c.txt'] } });
  assert.equal(pathsIn(await bundled(plan)), ['b.txt', 'c.txt', 'index.py']);
});

dockerTest('a failing command, and what is not there any more', '3.11', async () => {
  assert.is(
    await message(inDocker({}, { hooks: { before: ['echo one', 'exit 3'], after: [] } })),
    '`bundling.commandHooks.beforeBundling` ended with exit code 3. Read its output below, fix the command, and synthesize again.\nIts last lines:\n  | one',
  );
  assert.match(
    await message(inDocker({}, { hooks: { before: [], after: ['kill -9 $$'] } })),
    /^`bundling\.commandHooks\.afterBundling` ended with exit code 137 \(signal SIGKILL\)\./,
  );
  assert.match(
    await message(inDocker({}, { hooks: { before: [], after: ['rm index.py'] } })),
    /^The entry .*index\.py is no longer in the output/,
  );
  assert.match(
    await message(
      inDocker({ 'requirements.txt': 'six==99.0\n' }, { hooks: { before: ['true'], after: [] } }),
    ),
    /^No package index that was asked has six==99\.0 for /,
  );
});

dockerTest('auto: a command that fails here is not tried in a container', '3.11', async () => {
  const runs = counter(temporaryFolder());
  const plan = inDocker({}, { executor: 'auto', hooks: { before: [runs.command, 'false'], after: [] } });
  assert.match(await message(plan), /^`bundling\.commandHooks\.beforeBundling` ended with exit code 1\./);
  assert.is(runs.count(), 1);
});

dockerTest('auto: what must be compiled is built in a container, hooks included', '3.11', async () => {
  const plan = inDocker(
    { 'requirements.txt': 'psutil==5.0.0\n' },
    {
      executor: 'auto',
      hooks: { before: ['cat /etc/os-release > os.txt'], after: ['ls psutil > psutil.txt'] },
    },
  );
  const folder = await bundled(plan);
  assert.match(fs.readFileSync(path.join(folder, 'psutil.txt'), 'utf8'), /_psutil_linux.*\.so/);
});

dockerTest('two files at one path', '3.11', async () => {
  const plan = inDocker(
    { 'requirements.txt': 'six==1.16.0\n', 'six.py': '' },
    { hooks: { before: [], after: ['rm -rf *.dist-info'] } },
  );
  assert.is(
    await message(plan),
    `Two files want the path six.py in the bundle: ${plan.entry.root}/six.py and one of six-1.16.0. Rename yours, or leave it out with \`bundling.exclude\`.`,
  );
});

dockerTest('what is left out takes the byte code that the container made with it', '3.11', async () => {
  const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['six'], exclude: ['idna/codec.py'] };
  for (const hooks of [NO_HOOKS, { before: [], after: ['true'] }]) {
    const plan = inDocker(
      { 'requirements.txt': 'six==1.16.0\nidna==3.6\n' },
      { hooks, dependencies, bytecode: 'auto' },
    );
    const files = pathsIn(await bundled(plan));
    assert.equal(
      files.filter((file) => /six|codec\./.test(file)),
      [],
    );
    assert.ok(files.includes('idna/__pycache__/core.cpython-311.pyc'));
  }
});

const COPY_AND_INSTALL = [
  'bash',
  '-c',
  'cp -r . /asset-output && pip install -r requirements.txt -t /asset-output',
];

dockerTest('a command of the user in place of all', '3.11', async () => {
  const runs = { before: ['false'], after: ['false'] };
  for (const executor of ['docker', 'auto'] as const) {
    const plan = inDocker(
      {
        'requirements.txt': 'six==1.16.0\nidna==3.6\n',
        'generated.py': "NAME = '2'\n",
        'index.py': WHOLE_TREE['index.py'] ?? '',
        'marker.txt': 'data\n',
        'data/x': '',
      },
      {
        executor,
        hooks: runs,
        bytecode: 'auto',
        docker: { environment: [], volumes: [], command: COPY_AND_INSTALL },
      },
    );
    const folder = await bundled(plan, {
      PATH: `${environmentWith({ docker: true, uv: true }).PATH ?? ''}:${path.dirname(findPython('3.11') ?? '/')}`,
    });
    assert.ok(pathsIn(folder).includes('requirements.txt'));
    assert.ok(pathsIn(folder).includes('idna/__pycache__/core.cpython-311.pyc'));
    const python = findPython('3.11');
    if (python === undefined) continue;
    assert.equal(await invoke(folder, 'index.lambda_handler', {}, { python }), {
      ok: true,
      payload: {
        ...WHOLE_ANSWER,
        files: ['data', 'generated.py', 'index.py', 'marker.txt', 'requirements.txt'],
      },
    });
  }
});

dockerTest('a command of the user that fails, and one that leaves nothing', '3.11', async () => {
  const withCommand = (script: string): BundlePlan =>
    inDocker({}, { docker: { environment: [], volumes: [], command: ['bash', '-c', script] } });
  assert.is(
    await message(withCommand('echo no; exit 4')),
    '`bundling.command` ended with exit code 4. Read its output below, fix the command, and synthesize again.\nIts last lines:\n  | no',
  );
  assert.match(await message(withCommand('true')), /^The entry .*index\.py is no longer in the output/);
});

test.run();
