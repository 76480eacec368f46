import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/execution-error';
import type { BundleRequest } from '../../src/plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/bundle-request';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import type { WheelOptions } from '../support/wheel';
import { wheelFolder } from '../support/wheel';
import { planOf } from './plans';
import { folderOf, HANDLER } from './requests';

const test = suite('wheels as attack, as uv and pip install them');

type Files = Readonly<Record<string, string | Uint8Array>>;

interface Attack extends WheelOptions {
  readonly tool?: 'uv' | 'pip';
  readonly tree?: Readonly<Record<string, string>>;
  readonly changes?: Partial<BundleRequest>;
  /** The entry's path in the function's folder. @default 'index.py' */
  readonly index?: string;
}

/** What comes of a function that requires a wheel with these files: its own files, or the message. */
const attack = async (
  files: Files,
  { tool = 'uv', tree = {}, changes = {}, index = 'index.py', ...options }: Attack = {},
): Promise<readonly string[]> => {
  const wheels = wheelFolder('evil', { 'evil.py': '', ...files }, options);
  const folder = folderOf({ [index]: HANDLER, 'requirements.txt': 'evil==1\n', ...tree });
  const plan = planOf(folder, { entry: { _tag: 'ByPath', path: folder, index }, ...changes });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
    UV_FIND_LINKS: wheels,
    UV_NO_INDEX: '1',
    UV_CACHE_DIR: temporaryFolder(),
    PIP_FIND_LINKS: wheels,
    PIP_NO_INDEX: '1',
  });
  if (report?.outcome._tag === 'Failed') return [showExecutionError(report.outcome.error)];
  return listTree(plan.output.path)
    .map((file) => file.path)
    .filter((file) => !file.startsWith('evil-1.dist-info/'));
};

const BOTH = ['uv', 'pip'] as const;

const shadowed = (file: string): string =>
  `${file} of evil-1 would be imported in place of the entry's module "index". Rename the entry.`;

test('an extension or a package that would be imported in place of the entry', async () => {
  const names = ['index.cpython-311-x86_64-linux-gnu.so', 'index.abi3.so', 'index.so'];
  for (const name of names) assert.equal(await attack({ [name]: 'x' }), [shadowed(name)]);
  assert.equal(await attack({ 'index/__init__.py': '' }), [shadowed('index')]);
  assert.equal(await attack({ 'index/data.txt': '' }), [shadowed('index')]);
  assert.equal(await attack({ 'index.pyi': '', 'indexes.so': 'x' }), [
    'evil.py',
    'index.py',
    'index.pyi',
    'indexes.so',
  ]);
});

test('the same of an entry in a folder, and of the folder', async () => {
  const nested = (file: string, tree: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    attack({ [file]: '' }, { index: 'app/index.py', tree });
  const said = (file: string): string =>
    `${file} of evil-1 would be imported in place of the entry's module "app.index". Rename the entry.`;
  assert.equal(await nested('app/index.abi3.so'), [said('app/index.abi3.so')]);
  assert.equal(await nested('app/index/__init__.py'), [said('app/index/__init__.py')]);
  assert.equal(await nested('app.py'), [said('app.py')]);
  assert.ok((await nested('app.py', { 'app/__init__.py': '' })).includes('app.py'));
});

test("another of the user's modules that would never be imported", async () => {
  const [message = ''] = await attack({ 'helper/__init__.py': '' }, { tree: { 'helper.py': '' } });
  assert.match(
    message,
    /^helper\/__init__\.py of evil-1 would be imported in place of \/.*\/helper\.py\. Rename yours, or leave it out with `bundling\.exclude`\.$/,
  );
  const namespace = await attack({ 'helper/data.txt': '' }, { tree: { 'helper.py': '' } });
  assert.ok(namespace.includes('helper.py'), 'a folder that is no package hides nothing');
});

test('byte code that would run in place of the entry does not come through', async () => {
  for (const tool of BOTH) {
    const pyc = { '__pycache__/index.cpython-311.pyc': 'x', 'lib/__pycache__/y.cpython-311.pyc': 'x' };
    assert.equal(await attack(pyc, { tool }), ['evil.py', 'index.py'], tool);
    assert.equal(await attack(pyc, { tool, record: [] }), ['evil.py', 'index.py'], `${tool}, not listed`);
    const whole = { hooks: { before: [], after: ['true'] } };
    assert.equal(
      await attack(pyc, { tool, record: ['evil.py'], changes: whole }),
      ['evil.py', 'index.py'],
      `${tool}, among what commands have built`,
    );
  }
});

test('paths that leave the target: nothing is written there, nothing is removed there', async () => {
  const place = temporaryFolder();
  writeTree(place, { victim: '' });
  const out = path.join(place, 'written.py');
  const far = '../'.repeat(20);
  for (const name of [
    `../escaped.py`,
    `${far}${out.slice(1)}`,
    out,
    `evil-1.data/data/${far}${out.slice(1)}`,
  ]) {
    assert.equal(await attack({ [name]: 'x' }), ['evil.py', 'index.py'], `uv leaves out ${name}`);
    const [refused = ''] = await attack({ [name]: 'x' }, { tool: 'pip' });
    assert.match(
      refused,
      /outside the target directory|Unexpected file in|Unknown scheme key/,
      `pip refuses ${name}`,
    );
  }
  const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['evil'] };
  for (const tool of BOTH) {
    const record = ['evil.py', `${far}${place.slice(1)}/victim`, path.join(place, 'victim')];
    assert.equal(await attack({}, { tool, record }), ['evil.py', 'index.py'], tool);
    assert.equal(
      await attack({}, { tool, record, changes: { dependencies } }),
      ['index.py'],
      `${tool}, left out`,
    );
  }
  assert.equal(fs.readdirSync(place), ['victim']);
});

test.run();
