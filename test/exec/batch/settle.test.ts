import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InterpreterPlaces } from '../../../src/exec/machine/interpreter';
import { candidateInterpreters, rememberInterpreter } from '../../../src/exec/machine/interpreter';
import { makePart } from '../../../src/exec/parts/make-part';
import { treeOf, zipOf } from '../../../src/exec/store/part';
import { settleBundles } from '../../../src/exec/batch/settle';
import type { PartKind, Store } from '../../../src/exec/store/store';
import { folderStore } from '../../../src/exec/store/store';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { processesOf } from '../../support/processes';
import { findPython, runWith } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { unpack } from '../../support/unpack';
import { namesOf, planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const test = suite('settle');

const python = findPython('3.11') ?? '';

/** A machine whose only Python is a given one, or that has none. */
const machine = (interpreter: string | null) => {
  const store = folderStore(temporaryFolder());
  const places: InterpreterPlaces = { environment: { HOME: temporaryFolder(), PATH: '' }, platform: 'linux' };
  const candidates = candidateInterpreters('3.11', places);
  rememberInterpreter(store.folder, 'cpython-311', candidates, interpreter);
  return { store, places };
};

const put = async (store: Store, kind: PartKind, key: string | null, tree: Record<string, string>) => {
  if (key === null) throw new Error('no key');
  await store.temporary(async (temporary) => {
    const folder = path.join(temporary, 'tree');
    writeTree(folder, tree);
    const part = await makePart(folder, path.join(temporary, 'part'), { zip: true, tree: true }, false);
    store.addPart(kind, key, part);
  });
};

/** A plan with the modules of `six`, and its byte code where one is planned, in the store. */
const withSix = async (store: Store, changes: Partial<BundleRequest> = {}): Promise<BundlePlan> => {
  const plan = planWith('six\n', { packaging: 'zip', bytecode: 'auto', ...changes });
  await put(store, 'modules', plan.hash.dependencies, { 'six.py': 'six = 6\n' });
  if (plan.bytecode !== null) {
    await put(store, 'bytecode', plan.hash.bytecode, { '__pycache__/six.cpython-311.pyc': 'code' });
  }
  return plan;
};

/** What was said the last time. */
const said: string[] = [];

/** What became of plans, and how many processes were started for it. */
const settled = ({ store, places }: ReturnType<typeof machine>, ...plans: readonly BundlePlan[]) => {
  let outcomes: readonly string[] = [];
  said.length = 0;
  const started = processesOf(() => {
    const items = plans.map((plan) => ({ plan, environment: {} }));
    const answer = settleBundles(store, places, items, (line) => said.push(line));
    outcomes = items.map((item) => {
      const outcome = answer.get(item);
      return outcome?._tag === 'Bundled' ? `made, ${outcome.dependencies}` : (outcome?._tag ?? 'left');
    });
  });
  return { outcomes, processes: started.length };
};

const namesIn = ({ output }: BundlePlan): readonly string[] =>
  listTree(unpack(output.path)).map((file) => file.path);

test('modules in the store, a handler that is new: one process, which compiles, and none the next time', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  assert.equal(settled(world, plan), { outcomes: ['made, store'], processes: 1 });
  assert.equal(namesIn(plan), [
    '__pycache__/index.cpython-311.pyc',
    '__pycache__/six.cpython-311.pyc',
    'index.py',
    'six.py',
  ]);
  assert.equal(settled(world, plan), { outcomes: ['Present'], processes: 0 });
});

test('an output folder that is gone is filled from finished zips, which share their bytes', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  settled(world, plan);
  const before = fs.readFileSync(plan.output.path);
  fs.rmSync(path.dirname(plan.output.path), { recursive: true });
  fs.rmSync(path.join(plan.entry.root, 'index.py'));
  assert.equal(settled(world, plan), { outcomes: ['made, store'], processes: 0 });
  assert.equal(fs.readFileSync(plan.output.path), before);
  assert.equal(fs.readdirSync(path.dirname(plan.output.path)), namesOf(plan));
});

test('a finished zip is taken for its content, whatever asset hash was chosen', async () => {
  const world = machine(null);
  const made = (text: string): BundlePlan => {
    const folder = folderOf({ 'index.py': `${HANDLER}# ${text}\n` });
    const plan = planOf(folder, { packaging: 'zip', bytecode: 'off', assetHash: 'v1' });
    assert.equal(settled(world, plan).outcomes, ['made, none']);
    return plan;
  };
  const [one, two] = [made('one'), made('two')];
  assert.is(path.basename(one.output.path), path.basename(two.output.path));
  const text = (plan: BundlePlan): string =>
    fs.readFileSync(path.join(unpack(plan.output.path), 'index.py'), 'utf8');
  assert.equal([text(one), text(two)], [`${HANDLER}# one\n`, `${HANDLER}# two\n`]);
});

test('ten functions that were edited: one process for all of them', async () => {
  const world = machine(python);
  await withSix(world.store);
  const plans = Array.from({ length: 10 }, (_, index) =>
    planWith('six\n', { packaging: 'zip', bytecode: 'auto' }, { 'index.py': `${HANDLER}# ${index}\n` }),
  );
  assert.equal(settled(world, ...plans), { outcomes: Array(10).fill('made, store'), processes: 1 });
});

test('without a Python of the version: no process, and byte code only where it lies in the store', async () => {
  const world = machine(null);
  const plan = await withSix(world.store);
  assert.equal(settled(world, plan), { outcomes: ['made, store'], processes: 0 });
  assert.equal(namesIn(plan), ['__pycache__/six.cpython-311.pyc', 'index.py', 'six.py']);
  const alone = planOf(folderOf({ 'index.py': HANDLER }), { packaging: 'zip', bytecode: 'auto' });
  assert.equal(settled(world, alone), { outcomes: ['made, none'], processes: 0 });
  assert.equal(namesIn(alone), ['index.py']);
  assert.equal(said, [
    "no Python 3.11 on this machine, so neither the functions' own modules nor the modules that this machine installs have bytecode (`uv python install 3.11` makes one available)",
  ]);
  assert.equal(settled(world, alone), { outcomes: ['Present'], processes: 0 });
  assert.equal(said, []);
});

test('a Python that is not known yet is looked for here where nothing has to be installed', () => {
  const { store } = machine(null);
  fs.rmSync(path.join(store.folder, 'interpreters'), { recursive: true });
  const places: InterpreterPlaces = {
    environment: { HOME: temporaryFolder(), PATH: path.dirname(python) },
    platform: 'linux',
  };
  const plan = planOf(folderOf({ 'index.py': HANDLER }), { packaging: 'zip', bytecode: 'auto' });
  assert.equal(settled({ store, places }, plan), { outcomes: ['made, none'], processes: 2 });
  assert.equal(namesIn(plan), ['__pycache__/index.cpython-311.pyc', 'index.py']);
});

test('where byte code is off, no Python is asked for', async () => {
  const { store, places } = machine(null);
  fs.rmSync(path.join(store.folder, 'interpreters'), { recursive: true });
  const plan = await withSix(store, { bytecode: 'off' });
  assert.equal(settled({ store, places }, plan), { outcomes: ['made, store'], processes: 0 });
  assert.equal(namesIn(plan), ['index.py', 'six.py']);
});

test('left for later: missing modules, missing byte code, and what requires it', async () => {
  const unknown = machine(python);
  fs.rmSync(path.join(unknown.store.folder, 'interpreters'), { recursive: true });
  const left = { outcomes: ['left'], processes: 0 };
  assert.equal(settled(unknown, planWith('six\n', { packaging: 'zip', bytecode: 'auto' })), left);

  const world = machine(python);
  assert.equal(settled(world, planWith('six\n', { packaging: 'zip' })), left);
  const plan = await withSix(world.store);
  fs.rmSync(path.join(world.store.folder, 'bytecode'), { recursive: true });
  assert.equal(settled(world, plan), left);

  const none = machine(null);
  assert.equal(settled(none, await withSix(none.store, { bytecode: 'require' })), left);
  const alone = planOf(folderOf({ 'index.py': HANDLER }), { packaging: 'zip', bytecode: 'require' });
  assert.equal(settled(none, alone), left);
});

test('left for later, to be told: a file that changed, two files at one path, a bundle that is too large', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  const conflict = planWith('six\n', { packaging: 'zip', bytecode: 'auto' }, { 'six.py': '' });
  const large: BundlePlan = { ...plan, output: { ...plan.output, maximumSize: 10 } };
  const changed = planWith('six\n', { packaging: 'zip', bytecode: 'auto' }, { 'data.txt': '1' });
  fs.writeFileSync(path.join(changed.entry.root, 'data.txt'), '2');
  for (const each of [conflict, large, changed]) {
    assert.equal(settled(world, each).outcomes, ['left']);
    assert.not(fs.existsSync(each.output.path));
  }
});

test('a module that changes after it was planned is never compiled under the name of what it was', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  const file = path.join(plan.entry.root, 'index.py');
  fs.writeFileSync(file, 'def lambda_handler(event, context):\n    return "another"\n');
  assert.equal(settled(world, plan).outcomes, ['left']);
  fs.writeFileSync(file, HANDLER);
  assert.equal(settled(world, plan), { outcomes: ['made, store'], processes: 1 });
});

test('a part of the store that was written to is not served, in neither form', async () => {
  const world = machine(python);
  const zip = await withSix(world.store);
  const folder = { ...planOf(zip.entry.root, { packaging: 'directory', bytecode: 'auto' }) };
  const part = world.store.part('modules', zip.hash.dependencies ?? '');
  if (part === undefined) throw new Error('no part');
  fs.writeFileSync(path.join(treeOf(part), 'six.py'), 'evil = 6\n');
  assert.equal(settled(world, folder).outcomes, ['left']);
  assert.equal(settled(world, zip).outcomes, ['made, store']);
  fs.appendFileSync(zipOf(part), ' ');
  const edited = planWith('six\n', { packaging: 'zip', bytecode: 'auto' }, { 'data.txt': '' });
  assert.equal(settled(world, edited).outcomes, ['left']);
});

test('a finished zip that was written to, through the output folder it is linked into, is made anew', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  settled(world, plan);
  const before = fs.readFileSync(plan.output.path);
  const descriptor = fs.openSync(plan.output.path, 'r+');
  fs.writeSync(descriptor, 'evil', 100);
  fs.closeSync(descriptor);
  assert.equal(settled(world, plan), { outcomes: ['made, store'], processes: 0 });
  assert.equal(fs.readFileSync(plan.output.path), before);
});

test('a folder whose files are linked: a write into one bundle is noticed in all that share it', async () => {
  const world = machine(python);
  const changes = { packaging: 'directory', bytecode: 'auto' } as const;
  const one = await withSix(world.store, changes);
  const two = planWith('six\n', changes, { 'data.txt': '' });
  assert.equal(settled(world, one, two).outcomes, ['made, store', 'made, store']);
  assert.equal(settled(world, one, two), { outcomes: ['Present', 'Present'], processes: 0 });
  fs.writeFileSync(path.join(one.output.path, 'six.py'), 'six = 7\n');
  assert.equal(settled(world, one, two).outcomes, ['left', 'left'], 'nothing serves what was written to');
});

test('a folder of which a file was taken away, or to which one was added, is made anew', async () => {
  const world = machine(python);
  const plan = await withSix(world.store, { packaging: 'directory', prefix: 'lib/py' });
  settled(world, plan);
  const whole = listTree(plan.output.path);
  const folder = path.join(plan.output.path, 'lib/py');
  for (const change of [
    () => fs.rmSync(path.join(folder, 'six.py')),
    () => fs.rmSync(path.join(folder, '__pycache__'), { recursive: true }),
    () => fs.mkdirSync(path.join(plan.output.path, 'lib/empty')),
  ]) {
    change();
    assert.equal(settled(world, plan).outcomes, ['made, store']);
    assert.equal(listTree(plan.output.path), whole);
    assert.equal(settled(world, plan), { outcomes: ['Present'], processes: 0 });
  }
});

test('a bundle whose own files are large is left to where progress is shown', async () => {
  const world = machine(python);
  const plan = await withSix(world.store);
  const sources = plan.sources.map((source) => ({ ...source, size: 16 * 1024 * 1024 + 1 }));
  assert.equal(settled(world, { ...plan, sources }).outcomes, ['left']);
});

runWith(test, '3.11');
