import { spawn } from 'node:child_process';
import { once } from 'node:events';
import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sealEntry } from '../../../src/exec/store/entry-seal';
import { prune, pruneWhenDue } from '../../../src/exec/store/prune';
import type { Store } from '../../../src/exec/store/store';
import { sealedName } from '../../../src/exec/store/store';
import { sha256 } from '../../../src/plan/values/hash';
import { DAY, newStore, NOW, putBundle, putFile, putPart, usedBefore } from '../support/stores';

const test = suite('prune');

const GB = 1024 ** 3;

/** Bundles of ten bytes by the days since their last use. */
const storeOf = (ages: Readonly<Record<string, number>>): Store => {
  const store = newStore();
  for (const [name, days] of Object.entries(ages)) {
    usedBefore(path.dirname(putBundle(store, name, '0123456789')), days * DAY);
  }
  return store;
};

/** Which of these bundles the store still has. */
const left = (store: Store, ...names: readonly string[]): readonly string[] =>
  names.filter((name) => fs.existsSync(path.join(store.folder, 'bundles', sha256(name))));

test('removes what was not used for longest, and tells what went and what is left', () => {
  const store = storeOf({ a: 1, b: 3, c: 2, d: 4 });
  const { removed, kept, failed, isDone } = prune(store, { maxSize: 25 }, NOW);
  assert.equal(
    removed.map(({ key, bytes }) => [key, bytes]),
    [
      [sha256('d'), 10],
      [sha256('b'), 10],
    ],
  );
  assert.equal(kept.map(({ key }) => key).sort(), [sha256('a'), sha256('c')].sort());
  assert.equal(failed, []);
  assert.ok(isDone);
  assert.equal(left(store, 'a', 'b', 'c', 'd'), ['a', 'c']);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('a bundle or a part that a run takes counts as used', async () => {
  const store = storeOf({ a: 3, b: 2 });
  const part = await putPart(store, 'part', { 'a.py': 'abc' });
  usedBefore(part.folder, 4 * DAY);
  assert.ok(store.bundle(sha256('a')));
  assert.ok(store.part('modules', sha256('part')));
  const { removed } = prune(store, { maxSize: 0 }, Date.now());
  assert.equal(
    removed.map(({ key }) => key),
    [sha256('b')],
  );
  assert.equal(left(store, 'a', 'b'), ['a']);
  assert.equal(store.part('modules', sha256('part')), part);
});

test('removes every kind', async () => {
  const store = newStore();
  const part = await putPart(store, 'part', { 'a.py': 'abc' });
  const entries = [
    part.folder,
    path.dirname(putBundle(store, 'bundle', 'zip')),
    path.dirname(putFile(store, 'pyc/0a/file.pyc', '')),
    putFile(store, 'digests/root.json', '{}'),
    path.dirname(putFile(store, 'downloads/uv/file', '')),
    path.dirname(putFile(store, '../v1/file', '')),
  ];
  usedBefore(path.join(store.folder, 'downloads/uv/file'), DAY);
  usedBefore(path.join(store.folder, '../v1/file'), DAY);
  entries.forEach((entry) => usedBefore(entry, DAY));
  const { removed } = prune(store, { olderThan: 0 }, NOW);
  assert.equal(
    removed.map(({ path: entry }) => entry).sort(),
    entries.map((entry) => path.resolve(entry)).sort(),
  );
  assert.equal(
    entries.filter((entry) => fs.existsSync(entry)),
    [],
  );
});

test('an entry that is taken into use after it was listed stays', () => {
  const store = storeOf({ a: 3, b: 2 });
  const { renameSync } = nodeFs;
  // While the first is removed, a run takes the second.
  nodeFs.renameSync = (from, to) => {
    renameSync(from, to);
    store.bundle(sha256('b'));
  };
  try {
    assert.is(prune(store, { maxSize: 0 }, NOW).removed.length, 1);
  } finally {
    nodeFs.renameSync = renameSync;
  }
  assert.equal(left(store, 'a', 'b'), ['b']);
});

test('two runs that prune the same store remove each entry once', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `bundle ${index}`);
  const store = storeOf(Object.fromEntries(names.map((name) => [name, 1])));
  const script = `
    const { prune } = require(${JSON.stringify(require.resolve('../../../src/exec/store/prune'))});
    const { folder, temporaries, now } = JSON.parse(process.argv[1]);
    process.stdout.write('ready\\n');
    process.stdin.once('data', () => {
      const { removed, failed } = prune({ folder, temporaries }, { maxSize: 0 }, now);
      console.log(JSON.stringify({ removed: removed.map(({ key }) => key), failed }));
      process.exit();
    });`;
  const { folder, temporaries } = store;
  const children = [1, 2].map(() =>
    spawn(process.execPath, [
      ...['--require', require.resolve('tsx/cjs'), '-e', script],
      JSON.stringify({ folder, temporaries, now: NOW }),
    ]),
  );
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const answers = await Promise.all(
    children.map(async (child) => {
      child.stdin.write('go\n');
      const [answer] = (await once(child.stdout, 'data')) as [Buffer];
      return JSON.parse(answer.toString()) as { removed: string[]; failed: unknown[] };
    }),
  );
  assert.equal(
    answers.map(({ failed }) => failed),
    [[], []],
  );
  assert.equal(answers.flatMap(({ removed }) => removed).sort(), names.map(sha256).sort());
  assert.equal(left(store, ...names), []);
  assert.equal(fs.readdirSync(temporaries), []);
});

test('what cannot be removed is told, and stops nothing', () => {
  const store = storeOf({ a: 3, b: 2 });
  const { renameSync } = nodeFs;
  nodeFs.renameSync = (from, to) => {
    if (String(from).endsWith(sha256('a'))) throw Object.assign(new Error('no'), { code: 'EACCES' });
    renameSync(from, to);
  };
  try {
    const { removed, failed, kept } = prune(store, { maxSize: 0 }, NOW);
    assert.equal(
      removed.map(({ key }) => key),
      [sha256('b')],
    );
    assert.equal(
      failed.map(({ entry, reason }) => [entry.key, reason]),
      [[sha256('a'), 'permission denied']],
    );
    assert.equal(
      kept.map(({ key }) => key),
      [sha256('a')],
    );
  } finally {
    nodeFs.renameSync = renameSync;
  }
});

test('out of patience, one entry is removed and the others are left to the next run', () => {
  const store = storeOf({ a: 3, b: 2, c: 1 });
  const first = prune(store, { maxSize: 10 }, NOW, { patience: -1 });
  assert.equal([first.isDone, left(store, 'a', 'b', 'c')], [false, ['b', 'c']]);
  const second = prune(store, { maxSize: 10 }, NOW, { patience: -1 });
  assert.equal([second.isDone, left(store, 'a', 'b', 'c')], [true, ['c']]);
});

/** What is told on standard error. */
const due = (store: Store, environment: NodeJS.ProcessEnv, now = NOW): readonly string[] => {
  const told: string[] = [];
  pruneWhenDue(store, environment, now, (line) => told.push(line));
  return told;
};

const BOUND = { CDK_LAMBDA_PYTHON_CACHE_SIZE: '10B' };

test('on its own, a store is kept within its bound once an hour, without a word', () => {
  const store = storeOf({ a: 3, b: 2 });
  const marker = path.join(store.folder, 'pruned.json');
  assert.equal(due(store, BOUND), []);
  assert.equal(left(store, 'a', 'b'), ['b']);
  assert.is(fs.statSync(marker).mtimeMs, NOW);
  const hour = 60 * 60 * 1000;
  usedBefore(path.dirname(putBundle(store, 'c', '0123456789')), DAY);
  for (const now of [NOW, NOW + hour - 1, NOW - hour + 1]) {
    due(store, BOUND, now);
    assert.equal(left(store, 'b', 'c'), ['b', 'c'], String(now - NOW));
  }
  due(store, BOUND, NOW + hour);
  assert.equal(left(store, 'b', 'c'), ['c']);
  assert.is(fs.statSync(marker).mtimeMs, NOW + hour);
  usedBefore(path.dirname(putBundle(store, 'd', '0123456789')), 0);
  due(store, BOUND, NOW);
  assert.equal(left(store, 'c', 'd'), ['d'], 'a clock that was put back');
});

/** Has a finished zip of the store another size, as if it had been stored with that; its time of use stays. */
const grow = ({ folder }: Store, zip: string, size: number): void => {
  const entry = path.dirname(zip);
  const { atime, mtime } = fs.statSync(entry);
  fs.truncateSync(zip, size);
  fs.utimesSync(zip, 315532800, 315532800);
  sealEntry(sealedName(folder, 'bundles', path.basename(entry)), entry, `${entry}/manifest.json`, zip);
  fs.utimesSync(entry, atime, mtime);
};

test('the bound is 5 GB where nothing is said, and where what is said is no size, which is told', () => {
  const complaint =
    'CDK_LAMBDA_PYTHON_CACHE_SIZE is "5", which is not a size such as 500MB or 20GB; the store is kept within 5 GB.';
  for (const [environment, told] of [
    [{}, []],
    [{ CDK_LAMBDA_PYTHON_CACHE_SIZE: '5' }, [complaint]],
  ] as const) {
    const store = storeOf({ a: 2, b: 1 });
    const large = path.join(store.folder, 'bundles', sha256('a'), 'bundle.zip');
    grow(store, large, 5 * GB - 10);
    assert.equal(due(store, environment), told);
    assert.equal(left(store, 'a', 'b'), ['a', 'b']);
    grow(store, large, 5 * GB - 9);
    assert.equal(due(store, environment, NOW + DAY), told);
    assert.equal(left(store, 'a', 'b'), ['b']);
    assert.equal(due(store, environment, NOW + DAY + 1), [], 'told once');
  }
});

test('what was not removed in time goes with the next run, not after an hour', () => {
  const store = storeOf({ a: 3, b: 2, c: 1 });
  const { now } = performance;
  let time = 0;
  performance.now = () => (time += 101);
  try {
    due(store, BOUND);
    assert.equal(left(store, 'a', 'b', 'c'), ['b', 'c']);
    due(store, BOUND, NOW + 1);
    assert.equal(left(store, 'a', 'b', 'c'), ['c']);
    usedBefore(path.dirname(putBundle(store, 'd', '0123456789')), 0);
    due(store, BOUND, NOW + 2);
    assert.equal(left(store, 'c', 'd'), ['c', 'd'], 'it was done');
  } finally {
    performance.now = now;
  }
});

test('downloads are measured when they were used, not every hour', () => {
  const store = newStore();
  const file = putFile(store, 'downloads/uv/wheels/file', '12345');
  const [wheels, uv] = [path.dirname(file), path.dirname(path.dirname(file))];
  const use = (age: number): void => [wheels, uv].forEach((folder) => usedBefore(folder, age));
  use(2 * DAY);
  due(store, { CDK_LAMBDA_PYTHON_CACHE_SIZE: '8B' });
  fs.appendFileSync(file, '6789');
  due(store, { CDK_LAMBDA_PYTHON_CACHE_SIZE: '8B' }, NOW + DAY);
  assert.ok(fs.existsSync(uv), 'it has nine bytes now, but was not used');
  use(DAY);
  due(store, { CDK_LAMBDA_PYTHON_CACHE_SIZE: '8B' }, NOW + 2 * DAY);
  assert.not(fs.existsSync(uv));
});

test('a marker that something else has written is no obstacle', () => {
  for (const text of ['nonsense', '[]', '{"a":1}']) {
    const store = storeOf({ a: 2, b: 1 });
    usedBefore(putFile(store, 'pruned.json', text), DAY);
    assert.equal(due(store, BOUND), []);
    assert.equal(left(store, 'a', 'b'), ['b'], text);
  }
});

test('a store that is not there is not made, and one that is a file is left alone', () => {
  const store = newStore();
  assert.equal(due(store, BOUND), []);
  assert.not(fs.existsSync(store.folder));
  putFile(store, '../v4', 'a file');
  assert.equal(due(store, BOUND), []);
  assert.is(fs.readFileSync(store.folder, 'utf8'), 'a file');
});

test('a store that cannot be written to stays as it is, without a word', () => {
  const store = storeOf({ a: 2, b: 1 });
  const { openSync } = nodeFs;
  nodeFs.openSync = () => {
    throw Object.assign(new Error('read-only'), { code: 'EROFS' });
  };
  try {
    assert.equal(due(store, { CDK_LAMBDA_PYTHON_CACHE_SIZE: 'nonsense' }), []);
    assert.equal(due(store, BOUND), []);
  } finally {
    nodeFs.openSync = openSync;
  }
  assert.equal(left(store, 'a', 'b'), ['a', 'b']);
});

test.run();
