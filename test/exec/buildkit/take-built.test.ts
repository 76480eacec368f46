import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { builtInstallers } from '../../../src/exec/buildkit/take-built';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';
import { runFolders } from '../support/requests';

const test = suite('modules that bake has built');

const install = async (
  built: Readonly<Record<string, string>> | undefined,
  before: readonly string[] = [],
) => {
  const plan = planWith('six\n', { executor: 'auto', hooks: { before, after: [] } });
  if (plan.install === null || plan.hash.dependencies === null) throw new Error('nothing to install');
  const [folder, folders] = [temporaryFolder(), runFolders(temporaryFolder())];
  const place = path.join(folder, plan.hash.dependencies);
  if (built !== undefined) writeTree(place, built);
  for (const one of [folders.output, folders.bytecode]) fs.mkdirSync(one, { recursive: true });
  const task = { plan, install: plan.install, folders, environment: {} };
  return { result: await builtInstallers(folder).auto(task), place, folders };
};

const BUILT = { 'output/six.py': 'six', 'output/a/b.py': 'b', 'bytecode/__pycache__/six.pyc': 'pyc' };

test('they are copied, whoever was to install them', async () => {
  const { result, place, folders } = await install(BUILT);
  assert.equal(result, E.right({ by: 'buildkit', tool: 'docker buildx bake', output: '' }));
  assert.equal(
    listTree(folders.output).map((file) => file.path),
    ['a/b.py', 'six.py'],
  );
  assert.equal(
    listTree(folders.bytecode).map((file) => file.path),
    ['__pycache__/six.pyc'],
  );
  assert.is(listTree(place).length, 3);
});

test('of a whole build, what it has written down is taken from among the byte code', async () => {
  const { result, folders } = await install({ ...BUILT, 'bytecode/.installed/taken.json': '[]' }, ['true']);
  const records = E.isRight(result) ? result.right.records : undefined;
  assert.is(records, `${folders.output}.records`);
  assert.equal(fs.readdirSync(folders.bytecode), ['__pycache__']);
});

test('modules that were not built are told with their place', async () => {
  const { result, place } = await install(undefined);
  assert.equal(result, E.left({ _tag: 'NotBuilt', path: place }));
});

test.run();
