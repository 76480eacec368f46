import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machineDigest } from '../../../src/exec/machine/machine-digest';
import { isPresent } from '../../../src/exec/bundle/bundle-is-current';
import { settleBundles } from '../../../src/exec/batch/settle';
import { folderStore } from '../../../src/exec/store/store';
import { NO_MACHINE, storeKeys } from '../../../src/exec/store/store-keys';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';
import { folderOf } from '../support/requests';
import { newStore, putPart } from '../support/stores';

const test = suite('keys of the store');

const PLACES = { environment: { PATH: '' }, platform: 'linux' } as const;

const machine = (digest: string) => storeKeys(() => digest);

test('a machine that decides nothing: the hashes of the plan', () => {
  const plan = planWith('six\n', { bytecode: 'auto' });
  const { dependencies, bytecode, content } = plan.hash;
  assert.equal(storeKeys(NO_MACHINE)(plan), { modules: dependencies, bytecode, content });
  assert.equal(newStore().keysOf(plan), { modules: dependencies, bytecode, content });
});

test('a machine that decides something: other keys, the same ones every time, and the same hashes', () => {
  const plan = planWith('six\n', { bytecode: 'auto' });
  const before = JSON.stringify(plan.hash);
  const keys = machine('a')(plan);
  assert.equal(keys, machine('a')(plan));
  const all = [keys, machine('b')(plan), storeKeys(NO_MACHINE)(plan)].flatMap((of) => Object.values(of));
  assert.is(new Set(all).size, 9);
  assert.is(JSON.stringify(plan.hash), before);
});

test('what pip made of further indexes before it was refused is not served; other keys stay as they were', () => {
  const digest = (own: Readonly<Record<string, string>>, requirements = 'six\n') =>
    machineDigest(own, () => 'pip 26.3.0')(planWith(requirements));
  const before = (version: string, name: string) =>
    sha256(JSON.stringify([version, [[name, 'https://a/simple']], 'pip 26.3.0']));
  for (const name of ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'])
    assert.is(digest({ [name]: 'https://a/simple' }), before('settings/2', name), name);
  for (const name of ['UV_DEFAULT_INDEX', 'PIP_INDEX_URL'])
    assert.is(digest({ [name]: 'https://a/simple' }), before('settings/1', name), name);
});

test('what cannot be known has one key in a process, and another in the next', () => {
  const plan = planWith('six\n');
  const unread = machineDigest(undefined, () => 'uv 1')(plan);
  assert.is(machineDigest({}, () => undefined)(plan), unread);
  assert.is(machineDigest({ UV_FIND_LINKS: '~other/wheels' }, () => 'uv 1')(plan), unread);
  const script = `console.log(require(process.argv[1]).machineDigest()({ install: { requirements: [], declared: {} } }))`;
  const argv = [
    '-r',
    require.resolve('tsx/cjs'),
    '-e',
    script,
    path.resolve(__dirname, '../../../src/exec/machine/machine-digest.ts'),
  ];
  assert.is.not(execFileSync(process.execPath, argv, { encoding: 'utf8' }).trim(), unread);
});

test('a file of constraints counts with what it includes, however a line names that', () => {
  const plan = planWith('six\n');
  for (const include of ['-r more.txt', '-rmore.txt', '--constraint=more.txt', '-c \\\n  more.txt']) {
    const folder = folderOf({ 'c.txt': `${include}\n`, 'more.txt': 'six<2\n' });
    const digest = () => machineDigest({ PIP_CONSTRAINT: path.join(folder, 'c.txt') }, () => 'pip 1')(plan);
    const before = digest();
    assert.is(digest(), before);
    fs.writeFileSync(path.join(folder, 'more.txt'), 'six<1\n');
    assert.is.not(digest(), before, include);
  }
});

test('no modules, or modules in a layer: the machine does not change what the bundle holds', () => {
  const none = planWith('# nothing\n');
  assert.equal(machine('a')(none), { modules: null, bytecode: null, content: none.hash.content });
  const beside = planWith('six\n', { dependenciesIn: 'layer' });
  assert.is(machine('a')(beside).content, beside.hash.content);
  assert.is(machine('a')(beside).modules, machine('a')(planWith('six\n')).modules);
});

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a bundle and its modules count only under the key that they were made under`, async () => {
    const root = temporaryFolder();
    const on = (digest: string | null) => folderStore(root, () => digest);
    const plan = planWith('six\n', { packaging, bytecode: 'off' });
    const outcome = (digest: string | null): string => {
      const items = [{ plan: plan as BundlePlan, environment: {} }];
      const answer = settleBundles(on(digest), PLACES, items, () => undefined);
      return items.map((item) => answer.get(item)?._tag ?? 'left').join();
    };
    assert.is(outcome('a'), 'left');
    await putUnder(on('a'), plan);
    assert.is(outcome('a'), 'Bundled');
    assert.is(outcome('a'), 'Present');
    assert.ok(isPresent(plan, on('a').keysOf(plan).content));
    for (const other of ['b', null]) {
      assert.not(isPresent(plan, on(other).keysOf(plan).content));
      assert.is(outcome(other), 'left');
    }
    assert.is(outcome('a'), 'Present');
  });
}

const putUnder = async (store: ReturnType<typeof newStore>, plan: BundlePlan): Promise<void> => {
  const part = await putPart(store, 'made', { 'six.py': 'six = 1\n' });
  store.temporarySync((temporary) => {
    const copy = path.join(temporary, 'part');
    fs.cpSync(part.folder, copy, { recursive: true, preserveTimestamps: true });
    store.addPart('modules', store.keysOf(plan).modules ?? sha256(''), { ...part, folder: copy });
  });
};

test.run();
