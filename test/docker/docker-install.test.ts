import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { machineOfElf } from '../support/elf';
import { environmentWith, hostPython } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';

const test = suite('docker install');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

/** A test that needs an engine and the build image. */
const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason(IMAGE);
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const run = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv = {},
  values: Readonly<Record<string, string>> = {},
): Promise<ExecutionReport['outcome']> => {
  const cache = temporaryFolder();
  const tools = environmentWith({ uv: true, docker: dockerSkipReason() === undefined });
  const [report] = await execute(
    [plan],
    { ...tools, CDK_LAMBDA_PYTHON_CACHE: cache, ...environment },
    values,
  );
  if (report === undefined) throw new Error('no report');
  const { temporaries } = folderStore(environment['CDK_LAMBDA_PYTHON_CACHE'] ?? cache);
  assert.equal(fs.readdirSync(temporaries), [], 'temporaries of the store');
  if (report.outcome._tag === 'Failed') assert.not(fs.existsSync(plan.output.path));
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

const inDocker = (requirements: string, docker: Partial<BundleRequest['docker']> = {}): BundlePlan =>
  planWith(requirements, { executor: 'docker', docker: { environment: [], volumes: [], ...docker } });

const modulesIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => !/\.dist-info$|\.egg-info$|^(index\.py|requirements\.txt)$/.test(name));

/** An image made from the build image for one test. */
const withImage = async (
  name: string,
  instruction: string,
  use: (image: string) => Promise<void>,
): Promise<void> => {
  const image = `cdk-lambda-python-test-${name}:${process.pid}`;
  execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], {
    input: `FROM ${IMAGE}\n${instruction}\n`,
    stdio: 'pipe',
  });
  try {
    await use(image);
  } finally {
    spawnSync('docker', ['rmi', '--force', image]);
  }
};

dockerTest('auto: a C source distribution is built in the container', async () => {
  const folder = await bundled(planWith('psutil==5.0.0\n', { executor: 'auto' }));
  const library = fs.readdirSync(path.join(folder, 'psutil')).find((name) => name.endsWith('.so')) ?? '';
  assert.match(library, /^_psutil_linux\.cpython-311-x86_64/);
  assert.is(machineOfElf(path.join(folder, 'psutil', library)), 'x86_64');
});

dockerTest('auto: without uv and pip on this machine', async () => {
  const folder = await bundled(
    planWith('six==1.16.0\n', { executor: 'auto' }),
    environmentWith({ docker: true }),
  );
  assert.equal(modulesIn(folder), ['six.py']);
});

dockerTest(
  'what is installed belongs to the invoking user, and is what this machine would install',
  async () => {
    const requirements = 'idna==3.6\nsix==1.16.0\n';
    const folder = await bundled(inDocker(requirements));
    const here = planWith(requirements, { executor: 'host' });
    assert.is((await run(here))._tag, 'Bundled');
    assert.equal(listTree(folder), listTree(here.output.path));
    const owners = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => fs.statSync(path.join(folder, name)).uid);
    assert.equal([...new Set(owners)], [process.getuid?.()]);
  },
);

dockerTest('local packages: copied, and nothing is left beside their sources', async () => {
  const workspace = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': './libs/x\n-e ../y\n',
    'fn/libs/x/pyproject.toml':
      '[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npackages = ["x_lib"]\n',
    'fn/libs/x/x_lib/__init__.py': '',
    'y/pyproject.toml': '[project]\nname = "y-lib"\nversion = "2"\n[tool.setuptools]\npackages = ["y_lib"]\n',
    'y/y_lib/__init__.py': '',
  });
  const before = listTree(workspace);
  const folder = await bundled(planOf(path.join(workspace, 'fn'), { executor: 'docker' }));
  assert.equal(
    modulesIn(folder).filter((name) => name !== 'libs'),
    ['x_lib', 'y_lib'],
  );
  assert.equal(listTree(workspace), before);
});

const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + '/offline-1-py3-none-any.whl', 'w') as wheel:
    wheel.writestr('offline.py', 'OFFLINE = True\\n')
    wheel.writestr('offline-1.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: offline\\nVersion: 1\\n')
    wheel.writestr('offline-1.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('offline-1.dist-info/RECORD', 'offline.py,,\\noffline-1.dist-info/METADATA,,\\noffline-1.dist-info/WHEEL,,\\noffline-1.dist-info/RECORD,,\\n')
`;

dockerTest('network, volumes and environment reach the container', async () => {
  const wheels = temporaryFolder();
  execFileSync(hostPython(), ['-c', WHEEL, wheels]);
  const plan = inDocker('offline==1\n', {
    network: 'none',
    environment: ['PIP_FIND_LINKS'],
    volumes: [{ hostPath: wheels, containerPath: '/wheels of mine', readOnly: true }],
  });
  const folder = await bundled(plan, { PIP_NO_INDEX: '1' }, { PIP_FIND_LINKS: 'file:///wheels%20of%20mine' });
  assert.equal(modulesIn(folder), ['offline.py']);
  assert.not.match(JSON.stringify(plan), /wheels%20of%20mine/);
});

dockerTest('folders with commas, quotes and white space are mounted', async () => {
  const cache = path.join(temporaryFolder(), 'a, "b"=c d');
  const folder = await bundled(inDocker('six==1.16.0\n'), { CDK_LAMBDA_PYTHON_CACHE: cache });
  assert.equal(modulesIn(folder), ['six.py']);
});

dockerTest('a daemon that does not answer', async () => {
  const down = { DOCKER_HOST: 'unix:///nonexistent' };
  assert.match(
    await message(inDocker('six==1.16.0\n'), down),
    /^"docker" is installed, but its daemon does not answer\. Start it, or set `bundling\.executor` to "host"\.\nIts last lines:\n {2}\| docker: Cannot connect to the Docker daemon at unix:\/\/\/nonexistent\./,
  );
  const [noWay] = (await message(planWith('psutil==5.0.0\n', { executor: 'auto' }), down)).split('\n');
  assert.is(
    noWay,
    'The requirement psutil==5.0.0 has no wheel for Python 3.11 on x86_64 (glibc 2.26) and must be built, but no container engine answers: "docker" is installed, but its daemon does not answer. Three ways out: (1) start Docker, or name another engine with CDK_DOCKER; (2) require a version that has a wheel for the target; (3) set `runtime` or `architecture` to one that it has a wheel for.',
  );
});

test('an engine that is not there, by the name that CDK_DOCKER gives it', async () => {
  for (const CDK_DOCKER of ['no-such-engine', '/no/such/engine']) {
    assert.is(
      await message(inDocker('six==1.16.0\n'), { CDK_DOCKER }),
      `The container engine "${CDK_DOCKER}" was not found on PATH. Install Docker, name another engine with CDK_DOCKER, or set \`bundling.executor\` to "host".`,
    );
  }
});

dockerTest('an image that cannot be had', async () => {
  const image = 'localhost:1/no-such-image';
  assert.match(
    await message(inDocker('six==1.16.0\n', { image })),
    /^The build image localhost:1\/no-such-image is not on this machine and could not be pulled\. Check its name and the network, or set `bundling\.image` to one that is available\.\nIts last lines:\n {2}\| Unable to find image/,
  );
});

dockerTest('a requirement that does not exist: its name, and the last lines of uv', async () => {
  assert.match(
    await message(inDocker('six==99.0\n')),
    /^No package index that was asked has six==99\.0 for Python 3\.11 on x86_64 [\s\S]*there is no version of six==99\.0/,
  );
});

dockerTest('an image that installs nothing, and one without the command', async () => {
  await withImage('nothing', 'ENTRYPOINT ["true"]', async (image) => {
    assert.is(
      await message(inDocker('six==1.16.0\n', { image })),
      `pip in ${image} succeeded but installed nothing, although the requirements name packages. Check the image's entrypoint and the requirements.`,
    );
  });
  await withImage('no-command', 'ENTRYPOINT ["no-such-command"]', async (image) => {
    assert.match(
      await message(inDocker('six==1.16.0\n', { image })),
      /^Installing the requirements failed: .* ended with exit code 127\.[\s\S]*no-such-command/,
    );
  });
});

dockerTest('a container that is killed', async () => {
  await withImage('sleeping', 'ENTRYPOINT ["sh", "-c", "echo started; sleep 60"]', async (image) => {
    const timer = setInterval(() => {
      const { stdout } = spawnSync('docker', ['ps', '--quiet', '--filter', `ancestor=${image}`], {
        encoding: 'utf8',
      });
      const id = stdout.trim();
      if (id === '') return;
      clearInterval(timer);
      spawnSync('docker', ['kill', id]);
    }, 200);
    assert.match(
      await message(inDocker('six==1.16.0\n', { image })),
      /was killed \(signal SIGKILL\) before it finished[\s\S]* {2}\| started$/,
    );
  });
});

test.run();
