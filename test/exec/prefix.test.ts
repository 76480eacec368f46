import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeBundle, takeBundle } from '../../src/exec/bundle/make-bundle';
import { isPresent } from '../../src/exec/bundle/bundle-is-current';
import { settleBundles } from '../../src/exec/batch/settle';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { sha256 } from '../../src/plan/values/hash';
import { listTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { planOf, planWith } from './support/plans';
import { folderOf, HANDLER } from './support/requests';
import { newStore, putPart } from './support/stores';

const test = suite('bundles under a prefix');

const NOTHING = { modules: null, bytecode: null };
const PLACES = { environment: { PATH: '' }, platform: 'linux' } as const;

const namesIn = ({ output }: BundlePlan): readonly string[] =>
  listTree(unpack(output.path)).map((file) => file.path);

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: all that is in a bundle lies under it, and parts stay as they are`, async () => {
    const store = newStore();
    const plan = planWith('six\n', { packaging, prefix: 'a/b' }, { 'lib/x.py': '' });
    const modules = await putPart(store, 'six', { 'six.py': 'six' });
    const bytecode = await putPart(store, 'pyc', { '__pycache__/six.cpython-311.pyc': 'code' }, 'bytecode');
    assert.is(makeBundle(store, plan, { modules, bytecode })._tag, 'Right');
    assert.equal(namesIn(plan), [
      'a/b/__pycache__/six.cpython-311.pyc',
      'a/b/index.py',
      'a/b/lib/x.py',
      'a/b/six.py',
    ]);
    assert.ok(isPresent(plan));
    assert.equal(
      listTree(modules.folder).map((file) => file.path),
      ['part.json', 'part.zip', 'seal', 'tree/six.py'],
    );
  });
}

test('a folder is there only with all its files, wherever those lie', () => {
  const store = newStore();
  const plan = planOf(folderOf({ 'index.py': HANDLER, 'z.txt': '' }), { prefix: 'python' });
  const layer: BundlePlan = { ...plan, entry: { ...plan.entry, path: null } };
  const alike = [plan, layer, { ...layer, sources: [] }];
  const present = () => alike.map((one) => isPresent(one));
  makeBundle(store, plan, NOTHING);
  assert.equal(present(), [true, true, true], 'of modules alone, any file will do');
  fs.rmSync(path.join(plan.output.path, 'python/z.txt'));
  assert.equal(present(), [false, false, false]);
  fs.rmSync(plan.output.path, { recursive: true });
  assert.equal(present(), [false, false, false]);
});

test('the same files under another prefix are another bundle', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  const [none, python] = ['.', 'python'].map((prefix) => planOf(folder, { prefix, packaging: 'zip' })) as [
    BundlePlan,
    BundlePlan,
  ];
  const store = newStore();
  makeBundle(store, none, NOTHING);
  const made = { modules: false, sources: true };
  assert.ok(takeBundle(store, none, made, NOTHING));
  assert.not.ok(takeBundle(store, python, made, NOTHING));
});

const chosen = suite('bundles under a hash of the user’s choice');

for (const packaging of ['zip', 'directory'] as const) {
  chosen(`${packaging}: what was made of other content is neither present nor served from the store`, () => {
    const store = newStore();
    const folder = folderOf({ 'index.py': HANDLER });
    const plan = () => planOf(folder, { packaging, assetHash: 'mine' });
    const before = plan();
    const outcome = (of: BundlePlan): string | undefined => {
      const item = { plan: { ...of, output: before.output }, environment: {} };
      return settleBundles(store, PLACES, [item], () => undefined).get(item)?._tag;
    };
    assert.is(before.hash.asset, sha256(JSON.stringify(['asset/1', 'mine'])));
    assert.is(outcome(before), 'Bundled');
    assert.is(outcome(before), 'Bundled', 'the name does not say what it holds');
    fs.appendFileSync(path.join(folder, 'index.py'), '# edited\n');
    assert.is(plan().hash.asset, before.hash.asset);
    assert.is(outcome(plan()), 'Bundled');
    const made = fs.readFileSync(path.join(unpack(before.output.path), 'index.py'), 'utf8');
    assert.is(made, `${HANDLER}# edited\n`);
  });
}

for (const part of [test, chosen]) part.run();
