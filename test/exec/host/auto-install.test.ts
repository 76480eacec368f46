import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { autoInstaller } from '../../../src/exec/host/auto-install';
import type { ExecutionError } from '../../../src/exec/errors/execution-error';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { gatherInputs } from '../../../src/exec/install/gather-inputs';
import type { Install } from '../../../src/exec/install/install';
import { execute } from '../../support/bundle-file';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';
import { runFolders } from '../support/requests';

const test = suite('auto install');

const TARGET = 'Python 3.11 on x86_64 (glibc 2.26)';
const needsBuild = {
  _tag: 'NeedsBuild',
  requirement: 'psutil==5.0.0',
  target: TARGET,
  output: 'no gcc',
} as const;
const installFailed = { _tag: 'InstallFailed', tool: 'uv 1.0.0', exit: 'exit code 1', output: '' } as const;
const noInstaller = { _tag: 'NoInstaller', tried: ['uv (not found)'], pip: '23.0.0' } as const;

/** Tries the two installers in turn; tells which were asked, and what came of it. */
const auto = async (
  host: ExecutionError | 'works',
  docker: ExecutionError | 'works',
  said: string[] = [],
) => {
  const asked: string[] = [];
  const plan = planWith('./lib\n', {}, { 'lib/setup.py': "setup(name='lib')\n" });
  if (plan.install === null) throw new Error('nothing to install');
  const folder = temporaryFolder();
  const folders = runFolders(folder);
  fs.mkdirSync(folders.output);
  await gatherInputs(plan.install, folders.input);
  const installer =
    (by: 'host' | 'docker', result: ExecutionError | 'works'): Install =>
    (task) => {
      asked.push(by);
      assert.equal(fs.readdirSync(task.folders.output), []);
      assert.equal(fs.readdirSync(path.join(task.folders.input, 'lib')), ['setup.py']);
      fs.mkdirSync(path.join(task.folders.input, 'lib/build'));
      fs.writeFileSync(path.join(task.folders.output, 'half.py'), '');
      return Promise.resolve(result === 'works' ? E.right({ by, tool: by, output: '' }) : E.left(result));
    };
  const install = autoInstaller(installer('host', host), installer('docker', docker), (line) => {
    said.push(line);
    assert.equal(asked, ['host']);
  });
  const result = await install({ plan, install: plan.install, folders, environment: {} });
  return { asked, result: E.isLeft(result) ? result.left : result.right.by };
};

test('this machine, where it can', async () => {
  assert.equal(await auto('works', 'works'), { asked: ['host'], result: 'host' });
});

test('a container where something must be built, or where nothing here can install, from fresh folders', async () => {
  assert.equal(await auto(needsBuild, 'works'), { asked: ['host', 'docker'], result: 'docker' });
  assert.equal(await auto(noInstaller, 'works'), { asked: ['host', 'docker'], result: 'docker' });
});

test('what a container would not change is not tried again', async () => {
  assert.equal(await auto(installFailed, 'works'), { asked: ['host'], result: installFailed });
});

test("a container's own failure begins with why one was tried, which is said before it starts", async () => {
  const noImage = { _tag: 'ImageNotAvailable', image: 'x', output: '' } as const;
  for (const failure of [installFailed, noImage]) {
    const said: string[] = [];
    const { result } = await auto(needsBuild, failure, said);
    if (typeof result === 'string') throw new Error(result);
    const cause =
      /^psutil==5\.0\.0 \(\S+requirements\.txt\) has no wheel for Python 3\.11 on x86_64 \(glibc 2\.26\); /;
    assert.match(showExecutionError(result), cause);
    assert.is(
      showExecutionError(result).replace(cause, ''),
      `a container was tried: ${showExecutionError(failure)}`,
    );
    assert.match(said.join(), cause);
    assert.is(said.join().replace(cause, ''), 'trying a container');
  }
  assert.equal((await auto(noInstaller, noImage)).result, noImage);
});

test('a build that failed by itself is told at once: a container is not tried', async () => {
  const failed = {
    _tag: 'BuildFailed',
    requirement: 'lib',
    declaration: '/r.txt:1',
    isLocal: false,
    output: 'x',
  } as const;
  const said: string[] = [];
  assert.equal(await auto(failed, 'works', said), { asked: ['host'], result: failed });
  assert.equal(said, []);
});

test('without an engine: the requirement and the ways out, or what was looked for', async () => {
  const down = { _tag: 'DockerDaemonDown', program: 'docker', output: 'x' } as const;
  const { result } = await auto(needsBuild, down);
  assert.equal(result, {
    _tag: 'NoWayToBuild',
    requirement: 'psutil==5.0.0',
    target: TARGET,
    docker: '"docker" is installed, but its daemon does not answer',
    output: 'no gcc',
  });
  const missing = { _tag: 'DockerNotFound', program: 'docker' } as const;
  assert.equal((await auto(noInstaller, missing)).result, noInstaller);
});

test('for real: a C source distribution, and no engine on this machine', async () => {
  const plan = planWith('psutil==5.0.0\n', { executor: 'auto' });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const [report] = await execute([plan], { ...environmentWith({ uv: true }), ...cache });
  const message = report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : '';
  const [sentences, ...lines] = message.split('\nIts last lines:\n');
  assert.is(
    sentences,
    `The requirement psutil==5.0.0 has no wheel for ${TARGET} and must be built, but no container engine answers: The container engine "docker" was not found on PATH. Three ways out: (1) start Docker, or name another engine with CDK_DOCKER; (2) require a version that has a wheel for the target; (3) set \`runtime\` or \`architecture\` to one that it has a wheel for.`,
  );
  assert.match(lines.join(), /'false'/);
  assert.ok(lines.join().split('\n').length <= 20);
});

test.run();
