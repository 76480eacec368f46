import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { buildxSkipReason } from '../support/buildx-client';
import { buildxMachine, errorOf, madeBy } from '../support/buildx-machine';
import { machineOfElf } from '../support/elf';
import { listTree } from '../support/temporary';
import { WHOLE_HOOKS, WHOLE_TREE } from '../support/whole-scenario';

const test = suite('BuildKit of the engine at hand');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

/** A test that needs an engine, buildx and a build image. */
const buildxTest = (name: string, body: () => Promise<void>, image = IMAGE): void =>
  test(name, async () => {
    const reason = buildxSkipReason(image);
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const planFor = (
  executor: BundleRequest['executor'],
  tree: Readonly<Record<string, string>>,
  changes: Partial<BundleRequest> = {},
): BundlePlan => planOf(folderOf({ 'index.py': HANDLER, ...tree }), { executor, ...changes });

const LOCAL = {
  'requirements.txt': 'six==1.16.0\n./libs/x\n',
  'libs/x/pyproject.toml':
    '[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npackages = ["x_lib"]\n',
  'libs/x/x_lib/__init__.py': 'NAME = "x"\n',
};

/** The same bundle by both, each on a machine of its own; answers its files. */
const sameByBoth = async (
  uv: boolean,
  tree: Readonly<Record<string, string>>,
  changes: Partial<BundleRequest>,
): Promise<readonly string[]> => {
  const [here, there] = [planFor('docker', tree, changes), planFor('buildkit', tree, changes)];
  assert.equal(there.hash, here.hash);
  const { run, starts } = buildxMachine({ uv });
  assert.is(madeBy(await run(there)), 'buildkit');
  assert.equal(
    starts()
      .map((line) => line.split(' ', 2).join(' '))
      // A builder that takes long is asked whether it still runs.
      .filter((line) => line !== 'buildx inspect'),
    ['buildx build'],
  );
  assert.is(madeBy(await buildxMachine({ uv }).run(here)), 'docker');
  assert.equal(listTree(there.output.path), listTree(here.output.path));
  const again = planFor('buildkit', tree, changes);
  madeBy(await run(again));
  assert.equal(starts(), []);
  assert.equal(listTree(again.output.path), listTree(here.output.path));
  return listTree(there.output.path).map((file) => file.path);
};

for (const version of ['3.9', '3.11', '3.13']) {
  const runtime = { prop: `python${version}` };
  const compiled = `six.cpython-${version.replace('.', '')}.pyc`;
  const image = `public.ecr.aws/sam/build-python${version}`;
  for (const uv of [true, false]) {
    buildxTest(
      `Python ${version}, ${uv ? 'uv' : 'pip'}: the bundle of a container, byte for byte, and made once`,
      async () => {
        const files = await sameByBoth(uv, LOCAL, { runtime, bytecode: 'auto' });
        for (const file of ['six.py', 'x_lib/__init__.py', `__pycache__/${compiled}`])
          assert.ok(files.includes(file), file);
        assert.not.ok(files.some((file) => file.startsWith('libs/x/build')));
      },
      image,
    );
  }
  buildxTest(
    `Python ${version}: hooks before and after, as in a container`,
    async () => {
      const files = await sameByBoth(true, WHOLE_TREE, { runtime, bytecode: 'auto', hooks: WHOLE_HOOKS });
      for (const file of ['generated.py', 'marker.txt', `__pycache__/${compiled}`])
        assert.ok(files.includes(file), file);
      assert.not.ok(files.includes('docs/readme.md'));
    },
    image,
  );
}

buildxTest('a distribution with C code is built, and refused with "forbid"', async () => {
  const tree = { 'requirements.txt': 'psutil==5.0.0\n' };
  const plan = planFor('buildkit', tree);
  assert.is(madeBy(await buildxMachine().run(plan)), 'buildkit');
  const modules = path.join(plan.output.path, 'psutil');
  const library = fs.readdirSync(modules).find((name) => name.endsWith('.so')) ?? '';
  assert.match(library, /^_psutil_linux\.cpython-311-x86_64/);
  assert.is(machineOfElf(path.join(modules, library)), 'x86_64');
  for (const uv of [true, false]) {
    const error = errorOf(await buildxMachine({ uv }).run(planFor('buildkit', tree, { sdist: 'forbid' })));
    if (error._tag !== 'SdistForbidden') throw new Error(showExecutionError(error));
    // In the words of each: so the one that is lent is the one that installs.
    assert.is(error.requirement, uv ? 'psutil' : 'psutil==5.0.0');
  }
});

test.run();
