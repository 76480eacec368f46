import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestPath } from '../../../src/exec/bundle/bundle-manifest';
import { compileStored } from '../../../src/exec/batch/compile-stored';
import { listEntries } from '../../../src/exec/store/cache-entries';
import { makeBundle } from '../../../src/exec/bundle/make-bundle';
import { treeOf } from '../../../src/exec/store/part';
import { isPresent } from '../../../src/exec/bundle/bundle-is-current';
import { verify } from '../../../src/exec/verify/verify-store';
import { sha256 } from '../../../src/plan/values/hash';
import { planOf } from '../support/plans';
import { folderOf, HANDLER, surveyOf, paths } from '../support/requests';
import { newStore, putFilesAsBundle, putPart } from '../support/stores';

const test = suite('sealed entries');

/** Empties a file and leaves its time as it was, as a power cut does. */
const empty = (file: string): void => {
  const { atime, mtime } = fs.statSync(file);
  fs.truncateSync(file);
  fs.utimesSync(file, atime, mtime);
};

test('a part counts with the seal of its kind and key alone', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', { 'six.py': '1' });
  const [key, other] = [sha256('one'), sha256('other')];
  assert.equal(store.part('modules', key), part);
  const copyTo = (kind: string, name: string): void => {
    fs.cpSync(part.folder, path.join(store.folder, kind, name), {
      recursive: true,
      preserveTimestamps: true,
    });
  };
  copyTo('modules', other);
  copyTo('bytecode', key);
  assert.is(store.part('modules', other), undefined);
  assert.is(store.part('bytecode', key), undefined);
  const broken = listEntries(store).filter((entry) => entry.isBroken);
  assert.equal(broken.map((entry) => `${entry.kind} ${entry.key}`).sort(), [
    `bytecode ${key}`,
    `modules ${other}`,
  ]);
  fs.rmSync(path.join(part.folder, 'seal'));
  assert.is(store.part('modules', key), undefined, 'without a seal');
});

test('`cache verify` takes away what has no seal', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', { 'six.py': '1' });
  const zip = putFilesAsBundle(store, 'bundle', { 'a.py': 'a' });
  assert.equal((await verify(store)).broken, []);
  for (const folder of [part.folder, path.dirname(zip)]) fs.rmSync(path.join(folder, 'seal'));
  assert.equal(
    (await verify(store)).broken.map(({ faults }) => faults),
    [['it has no seal of this store'], ['it has no seal of this store']],
  );
  assert.not(fs.existsSync(zip));
});

test('a finished zip counts with the sizes that it was sealed with', () => {
  for (const name of ['bundle.zip', 'manifest.json', 'seal']) {
    const store = newStore();
    const zip = putFilesAsBundle(store, 'bundle', { 'a.py': 'a' });
    assert.is(store.bundle(sha256('bundle'))?.zip, zip);
    empty(path.join(path.dirname(zip), name));
    assert.is(store.bundle(sha256('bundle')), undefined, name);
  }
});

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a bundle in the output is there only where sizes are those of its manifest`, () => {
    const plan = planOf(folderOf({ 'index.py': HANDLER, 'a.txt': '' }), { packaging });
    const made = (): void => {
      fs.rmSync(path.dirname(plan.output.path), { recursive: true, force: true });
      assert.is(makeBundle(newStore(), plan, { modules: null, bytecode: null })._tag, 'Right');
      assert.ok(isPresent(plan));
    };
    const file = packaging === 'zip' ? plan.output.path : path.join(plan.output.path, 'index.py');
    made();
    empty(file);
    assert.not(isPresent(plan), 'emptied');
    made();
    empty(manifestPath(plan.output.path));
    assert.not(isPresent(plan), 'an empty manifest');
    made();
    const manifest = manifestPath(plan.output.path);
    const { atime, mtime, size } = fs.statSync(manifest);
    fs.truncateSync(manifest, size - 1);
    fs.utimesSync(manifest, atime, mtime);
    assert.not(isPresent(plan), 'a manifest without its end');
    made();
    assert.not(isPresent(plan, sha256('another key')));
    if (packaging === 'zip') return;
    made();
    const folder = fs.statSync(plan.output.path);
    fs.rmSync(path.join(plan.output.path, 'a.txt'));
    fs.utimesSync(plan.output.path, folder.atime, folder.mtime);
    assert.not(isPresent(plan), 'an empty file is missing, and the folder has its time');
  });
}

test('modules whose tree a power cut has emptied are compiled from their zip', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', { 'six.py': 'x = 1\n' });
  const compiled: string[] = [];
  const compile = (_: unknown, tree: string): Promise<undefined> => {
    compiled.push(fs.readFileSync(path.join(tree, 'six.py'), 'utf8'));
    return Promise.resolve(undefined);
  };
  const world = { store, compile, installers: {} } as unknown as Parameters<typeof compileStored>[0];
  const plan = planOf(folderOf({ 'index.py': HANDLER }));
  const forms = { zip: true, tree: false };
  await compileStored(world, plan, sha256('one'), sha256('code'), forms);
  empty(path.join(treeOf(part), 'six.py'));
  await compileStored(world, plan, sha256('one'), sha256('code'), forms);
  assert.equal(compiled, ['x = 1\n', 'x = 1\n']);
});

test('a store among the sources is no part of them', () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'cache/seal.key': '',
    'cache/v4/modules/KEY/tree/six.py': '',
    'keys/seal.key': '',
  });
  assert.equal(paths(surveyOf(path.join(folder, 'index.py'))), ['index.py', 'keys/seal.key']);
});

test.run();
