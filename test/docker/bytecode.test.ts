import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BytecodeMode } from '../../src/plan/request/bundle-request';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { notedDocker } from '../support/noted-docker';
import { execute, planOfFile } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('byte code and caches of build containers');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason(IMAGE);
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const planFor = (
  bytecode: BytecodeMode,
  handler = 'def lambda_handler(e, c):\n    import idna\n    return idna.__version__\n',
): BundlePlan => {
  const folder = temporaryFolder();
  writeTree(folder, { 'index.py': handler, 'requirements.txt': 'idna==3.10\n' });
  return planOfFile(path.join(folder, 'index.py'), {
    runtime: '3.13',
    executor: 'docker',
    packaging: 'zip',
    bytecode,
    outputDirectory: temporaryFolder(),
  });
};

/** A machine with Docker, perhaps with uv, and no Python 3.13; each start of the client is noted. */
const machine = (uv: boolean) => {
  const tools = environmentWith({ uv, docker: true });
  const { searchPath, starts } = notedDocker(tools.PATH);
  const environment = {
    ...tools,
    PATH: searchPath,
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    HOME: temporaryFolder(),
    PYENV_ROOT: temporaryFolder(),
  };
  const run = async (...plans: readonly BundlePlan[]): Promise<readonly string[]> => {
    starts();
    for (const { outcome } of await execute(plans, environment)) {
      if (outcome._tag === 'Failed') throw new Error(showExecutionError(outcome.error));
    }
    const commands = starts().map((line) => line.split(' ', 1)[0] ?? '');
    // Beside an install it is looked for what killed runs have left with the engine.
    return commands.filter((command) => !['ps', 'volume'].includes(command));
  };
  return { environment, run };
};

const bytecodeIn = ({ output }: BundlePlan): readonly string[] =>
  listTree(unpack(output.path))
    .map((file) => file.path)
    .filter((file) => file.endsWith('.pyc'));

dockerTest(
  'one container installs and compiles, for all functions of a set, and none is started again',
  async () => {
    const { run } = machine(true);
    const plans = [planFor('auto'), planFor('auto', 'def lambda_handler(e, c):\n    return 2\n')];
    assert.equal(await run(...plans), ['run']);
    for (const plan of plans) {
      assert.ok(bytecodeIn(plan).includes('idna/__pycache__/core.cpython-313.pyc'));
      assert.not(
        bytecodeIn(plan).includes('__pycache__/index.cpython-313.pyc'),
        'no container for a handler',
      );
    }
    fs.rmSync(plans[0]?.output.path ?? '');
    assert.equal(await run(...plans), []);
    const python = findPython('3.13');
    assert.equal(await invoke(plans[0]?.output.path ?? '', 'index.lambda_handler', {}, { python }), {
      ok: true,
      payload: '3.10',
    });
  },
);

dockerTest('where byte code is required, a container compiles the handlers as well', async () => {
  const { run } = machine(true);
  const plan = planFor('require');
  assert.equal(await run(plan), ['run', 'run']);
  assert.ok(bytecodeIn(plan).includes('__pycache__/index.cpython-313.pyc'));
  assert.ok(bytecodeIn(plan).includes('idna/__pycache__/core.cpython-313.pyc'));
});

dockerTest(
  'uv of this machine works in the container, with a cache that stays; without uv pip does',
  async () => {
    for (const uv of [true, false]) {
      const { run, environment } = machine(uv);
      await run(planFor('off'));
      const downloads = path.join(environment.CDK_LAMBDA_PYTHON_CACHE, 'v4/downloads');
      // Whether pip keeps anything is up to the index and to the image.
      assert.is(fs.existsSync(path.join(downloads, 'uv')), uv);
      for (const { path: file } of listTree(downloads)) {
        assert.is(fs.lstatSync(path.join(downloads, file)).uid, process.getuid?.(), file);
      }
    }
  },
);

dockerTest('uv and pip leave the same bundle, byte by byte', async () => {
  const bytes = async (uv: boolean): Promise<string> => {
    const plan = planFor('off');
    await machine(uv).run(plan);
    return fs.readFileSync(plan.output.path, 'latin1');
  };
  assert.ok((await bytes(true)) === (await bytes(false)));
});

test.run();
