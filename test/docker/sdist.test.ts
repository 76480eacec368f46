import * as fs from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { notedDocker } from '../support/noted-docker';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { requiringEvil } from '../support/hostile-build';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('distributions without a wheel, and containers');

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const home = folderOf({ '.aws/credentials': 'file-s3cret' });

/** What came of a folder, on a machine with secrets: who installed it, or the message. */
const outcomeOf = async (folder: string, uv: boolean, changes: Partial<BundleRequest>): Promise<string> => {
  const environment = {
    ...environmentWith({ uv, pip: !uv, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    HOME: home,
    AWS_SECRET_ACCESS_KEY: 'aws-s3cret',
    PIP_INDEX_URL: 'http://aws:index-s3cret@127.0.0.1:1/simple',
  };
  const docker = { network: 'host', environment: [], volumes: [] };
  const [report] = await execute([planOf(folder, { docker, ...changes })], environment);
  if (report?.outcome._tag === 'Bundled') return report.outcome.dependencies;
  if (report?.outcome._tag !== 'Failed') throw new Error('no report');
  return showExecutionError(report.outcome.error);
};

/** Says in its last words what it sees, and is not built. */
const TELLING = `
import sys
paths = ["${home}/.aws/credentials", "${__filename}"]
names = sorted(name for name, value in os.environ.items() if "s3cret" in value)
sys.exit("TOLD %s %s" % (names, [os.path.exists(name) for name in paths]))
`;

dockerTest(
  'with "docker", a build runs in a container alone; it sees what is handed over by name, and no file of the user',
  async () => {
    for (const uv of [true, false]) {
      const said = await outcomeOf(requiringEvil(TELLING), uv, { executor: 'auto', sdist: 'docker' });
      assert.match(said, `TOLD ['PIP_INDEX_URL'`);
      assert.match(said, `[False, False]`);
    }
    const folder = requiringEvil('');
    assert.is(await outcomeOf(folder, true, { executor: 'auto', sdist: 'docker' }), 'docker');
    assert.is(await outcomeOf(folder, true, { executor: 'auto' }), 'host');
  },
);

dockerTest('with "forbid", nothing is built in a container either', async () => {
  for (const uv of [true, false]) {
    const said = await outcomeOf(requiringEvil(TELLING), uv, { executor: 'docker', sdist: 'forbid' });
    assert.match(said, /^The requirement evil\S* has no wheel for Python 3\.11 on x86_64/);
    assert.match(said, /required by .*requirements\.txt:3, directly or/);
    assert.not.match(said, 'TOLD');
  }
});

/** The arguments of all processes of this machine. */
const processes = (): string =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .join('\n');

dockerTest('what a build leaves in the background ends with the container', async () => {
  const time = `61.${process.pid}`;
  const code = `import subprocess\nsubprocess.Popen(["sleep", "${time}"], start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n`;
  assert.is(await outcomeOf(requiringEvil(code), true, { executor: 'docker' }), 'docker');
  assert.not.ok(processes().includes(`sleep ${time}`));
});

dockerTest('a container that only compiles has no network, whatever the others have', async () => {
  const tools = environmentWith({ uv: true, docker: true });
  const { searchPath, starts } = notedDocker(tools.PATH);
  const plan = planOf(folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.16.0\n' }), {
    runtime: { prop: '3.13' },
    executor: 'docker',
    bytecode: 'require',
    docker: { network: 'host', environment: [], volumes: [] },
  });
  const [report] = await execute([plan], {
    ...tools,
    PATH: searchPath,
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    HOME: temporaryFolder(),
    PYENV_ROOT: temporaryFolder(),
  });
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  const networks = starts()
    .filter((line) => line.startsWith('run '))
    .map((line) => /--network (\S+)/.exec(line)?.[1])
    // The two run at once.
    .sort();
  assert.equal(networks, ['host', 'none']);
});

test.run();
