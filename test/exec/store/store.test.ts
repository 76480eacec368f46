import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makePart } from '../../../src/exec/parts/make-part';
import type { Part } from '../../../src/exec/store/part';
import { hasTree, hasZip, treeOf, zipOf } from '../../../src/exec/store/part';
import { stamp } from '../../../src/exec/files/stamp';
import { folderStore, storeFolder } from '../../../src/exec/store/store';
import { sha256 } from '../../../src/plan/values/hash';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('store');

const KEY = sha256('key');

/** Puts a part of one module into a store, as an install does. */
const put = (folder: string, text: string, forms = { zip: true, tree: true }): Promise<Part> => {
  const store = folderStore(folder);
  return store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'output');
    writeTree(tree, { 'module.py': text });
    return store.addPart('modules', KEY, await makePart(tree, path.join(temporary, 'part'), forms, false));
  });
};

const textOf = (part: Part | undefined): string =>
  part === undefined ? 'nothing' : fs.readFileSync(path.join(treeOf(part), 'module.py'), 'utf8');

test('the folder is the one named, else that of the platform', () => {
  const folder = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
    storeFolder({ HOME: '/home/me', ...environment }, platform);
  assert.is(folder({}), '/home/me/.cache/cdk-lambda-python');
  assert.is(folder({}, 'darwin'), '/home/me/Library/Caches/cdk-lambda-python');
  assert.is(folder({ XDG_CACHE_HOME: '/var/cache/me' }), '/var/cache/me/cdk-lambda-python');
  assert.is(
    folder({ XDG_CACHE_HOME: 'relative' }),
    '/home/me/.cache/cdk-lambda-python',
    'as the XDG rules say',
  );
  assert.is(folder({ LOCALAPPDATA: '/users/me/local' }, 'win32'), '/users/me/local/cdk-lambda-python/cache');
  assert.is(folder({}, 'win32'), '/home/me/AppData/Local/cdk-lambda-python/cache');
  const named = { CDK_LAMBDA_PYTHON_CACHE: '/mnt/cache', XDG_CACHE_HOME: '/var/cache/me' };
  assert.is(folder(named), '/mnt/cache');
  assert.is(folder({ CDK_LAMBDA_PYTHON_CACHE: 'cache' }), path.resolve('cache'));
  assert.is(folder({ CDK_LAMBDA_PYTHON_CACHE: '' }), '/home/me/.cache/cdk-lambda-python');
});

test('a part that was added is found, by this store and by another on the same folder', async () => {
  const folder = path.join(temporaryFolder(), 'new/cache');
  const store = folderStore(folder);
  assert.is(store.part('modules', KEY), undefined);
  const part = await put(folder, 'one');
  assert.equal(part, {
    files: [{ path: 'module.py', size: 3, executable: false, digest: sha256('one') }],
    zip: fs.statSync(zipOf(part)).size,
    own: true,
    folder: path.join(folder, 'v4/modules', KEY),
  });
  assert.equal(store.part('modules', KEY), part);
  assert.equal(folderStore(folder).part('modules', KEY), part);
  assert.is(store.part('bytecode', KEY), undefined);
  assert.is(store.part('modules', sha256('other')), undefined);
  assert.is(textOf(part), 'one');
  assert.equal([hasZip(part), hasTree(part)], [true, true]);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('a part takes the place of one of the same key that was touched, or has not all of its forms', async () => {
  const folder = temporaryFolder();
  const store = folderStore(folder);
  const zip = await put(folder, 'one', { zip: true, tree: false });
  assert.equal(
    await put(folder, 'two', { zip: true, tree: false }),
    zip,
    'who comes second takes what is there',
  );
  assert.is(textOf(store.part('modules', KEY)), 'one');
  await put(folder, 'two');
  assert.is(textOf(store.part('modules', KEY)), 'two');
  fs.appendFileSync(path.join(treeOf(zip), 'module.py'), '!');
  await put(folder, 'three');
  assert.is(textOf(store.part('modules', KEY)), 'three');
  assert.equal(fs.readdirSync(path.join(store.folder, 'modules')), [KEY]);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('a part whose files were written to, or whose modes or size changed, has no form to give', async () => {
  const touched = async (touch: (file: string, part: Part) => void): Promise<readonly boolean[]> => {
    const part = await put(temporaryFolder(), 'one');
    touch(path.join(treeOf(part), 'module.py'), part);
    return [hasZip(part), hasTree(part)];
  };
  assert.equal(await touched(() => undefined), [true, true]);
  assert.equal(await touched((file) => fs.writeFileSync(file, 'two')), [true, false], 'the same size');
  assert.equal(await touched((file) => fs.chmodSync(file, 0o755)), [true, false]);
  assert.equal(await touched((file) => fs.rmSync(file)), [true, false]);
  assert.equal(await touched((_, part) => fs.appendFileSync(zipOf(part), '.')), [false, true]);
  const cut = (_: string, part: Part): void => {
    fs.truncateSync(zipOf(part), 10);
    stamp(zipOf(part));
  };
  assert.equal(await touched(cut), [false, true]);
});

test('a part has only the forms it was made in', async () => {
  const zip = await put(temporaryFolder(), 'one', { zip: true, tree: false });
  assert.equal([zip.own, hasZip(zip), hasTree(zip), textOf(zip)], [false, true, false, 'one']);
  const tree = await put(temporaryFolder(), 'one', { zip: false, tree: true });
  assert.equal([tree.zip, hasZip(tree), hasTree(tree), textOf(tree)], [null, false, true, 'one']);
});

test('a record that is none counts as no part', async () => {
  const folder = temporaryFolder();
  const part = await put(folder, 'one');
  const record = path.join(part.folder, 'part.json');
  for (const text of ['', '{}', fs.readFileSync(record, 'utf8').replace('module.py', '../module.py')]) {
    fs.writeFileSync(record, text);
    assert.is(folderStore(folder).part('modules', KEY), undefined, text);
  }
});

const putZip = (folder: string, text: string): string => {
  const store = folderStore(folder);
  return store.temporarySync((temporary) => {
    const zip = path.join(temporary, 'made.zip');
    fs.writeFileSync(zip, text);
    const manifest = path.join(temporary, 'made.json');
    fs.writeFileSync(manifest, '');
    return store.addBundle(KEY, { zip, manifest }).zip;
  });
};

test('a finished zip is found until something writes into it, and who comes second takes what is there', () => {
  const folder = temporaryFolder();
  const store = folderStore(folder);
  assert.is(store.bundle(KEY), undefined);
  const zip = putZip(folder, 'one');
  assert.is(zip, path.join(folder, 'v4/bundles', KEY, 'bundle.zip'));
  const manifest = path.join(path.dirname(zip), 'manifest.json');
  assert.equal(store.bundle(KEY), { zip, manifest, zipSize: 3, manifestSize: 0 });
  assert.is(putZip(folder, 'two'), zip);
  assert.is(fs.readFileSync(zip, 'utf8'), 'one');
  fs.writeFileSync(zip, 'bad');
  assert.is(store.bundle(KEY), undefined);
  assert.is(putZip(folder, 'two'), zip);
  assert.is(fs.readFileSync(zip, 'utf8'), 'two');
  fs.rmSync(path.join(path.dirname(zip), 'manifest.json'));
  assert.is(store.bundle(KEY), undefined, 'without its manifest');
  assert.is(putZip(folder, 'three'), zip);
  assert.is(fs.readFileSync(zip, 'utf8'), 'three');
  assert.equal(fs.readdirSync(store.temporaries), []);
});

/** Names of the files that are flushed to the disk, and of the renames, in order. */
const flushesOf = (run: () => void): readonly string[] => {
  const told: string[] = [];
  const { openSync, fsyncSync, renameSync } = nodeFs;
  const opened = new Map<number, string>();
  Reflect.set(nodeFs, 'openSync', (...args: Parameters<typeof openSync>) => {
    const descriptor = openSync(...args);
    opened.set(descriptor, path.basename(String(args[0])));
    return descriptor;
  });
  Reflect.set(nodeFs, 'fsyncSync', (descriptor: number) => {
    told.push(`flush ${opened.get(descriptor)}`);
    fsyncSync(descriptor);
  });
  Reflect.set(nodeFs, 'renameSync', (from: string, to: string) => {
    told.push(`show ${path.basename(to)}`);
    renameSync(from, to);
  });
  try {
    run();
  } finally {
    Object.assign(nodeFs, { openSync, fsyncSync, renameSync });
  }
  return told;
};

test('what an entry is served by is on the disk before its name is, and then the name', async () => {
  const folder = temporaryFolder();
  const store = folderStore(folder);
  const made = await store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'output');
    writeTree(tree, { 'module.py': 'text' });
    const part = await makePart(tree, path.join(temporary, 'part'), { zip: true, tree: true }, false);
    return flushesOf(() => store.addPart('modules', KEY, part));
  });
  const [shown, after] = [`show ${KEY}`, 'flush modules'];
  assert.equal(made, ['flush part.zip', 'flush part.json', 'flush part', shown, after]);
  assert.equal(flushesOf(() => putZip(folder, 'one')).slice(-5), [
    'flush bundle.zip',
    'flush manifest.json',
    'flush made.zip.entry',
    shown,
    'flush bundles',
  ]);
});

/** Does something as soon as something is flushed. */
const duringFlush = (act: () => void): void => {
  const real = nodeFs.fsyncSync;
  nodeFs.fsyncSync = (descriptor) => {
    nodeFs.fsyncSync = real;
    act();
    real(descriptor);
  };
};

test('an entry that another run puts there during the flush is taken: somebody may be reading it', async () => {
  const folder = temporaryFolder();
  const store = folderStore(folder);
  const inode = (kind: string): number => fs.statSync(path.join(store.folder, kind, KEY)).ino;
  await store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'output');
    writeTree(tree, { 'module.py': 'text' });
    const made = await makePart(tree, path.join(temporary, 'part'), { zip: true, tree: true }, false);
    let first = 0;
    duringFlush(() => {
      store.addPart('modules', KEY, made);
      first = inode('modules');
    });
    const part = await put(folder, 'text');
    assert.is(inode('modules'), first);
    assert.is(part.folder, path.join(store.folder, 'modules', KEY));
  });
  let first = 0;
  duringFlush(() => {
    putZip(folder, 'one');
    first = inode('bundles');
  });
  putZip(folder, 'one');
  assert.is(inode('bundles'), first);
});

test('the time of an entry is that of its last use', async () => {
  const folder = temporaryFolder();
  const store = folderStore(folder);
  const part = await put(folder, 'one');
  const entries = [part.folder, path.dirname(putZip(folder, 'one'))];
  const age = (entry: string): number => Date.now() - fs.statSync(entry).mtimeMs;
  for (const entry of entries) fs.utimesSync(entry, 0, 0);
  store.part('modules', KEY);
  store.bundle(KEY);
  for (const entry of entries) assert.ok(age(entry) < 60_000, entry);
});

test('work that fails leaves neither an entry nor a temporary', async () => {
  const store = folderStore(temporaryFolder());
  const works = [
    () =>
      store.temporary(async (temporary) => {
        await fs.promises.writeFile(path.join(temporary, 'half'), '');
        throw new Error('failed');
      }),
    async () => {
      await Promise.resolve();
      store.temporarySync((temporary) => {
        fs.writeFileSync(path.join(temporary, 'half'), '');
        throw new Error('failed');
      });
    },
  ];
  for (const work of works) {
    try {
      await work();
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'failed');
    }
    assert.equal(fs.readdirSync(store.temporaries), []);
  }
});

test.run();
