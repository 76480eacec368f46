import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { treeOf } from '../../src/exec/store/part';
import { stamp } from '../../src/exec/files/stamp';
import type { Store } from '../../src/exec/store/store';
import { sha256 } from '../../src/plan/values/hash';
import {
  DAY,
  newStore,
  NOW,
  putBundle,
  putFile,
  putFilesAsBundle,
  putPart,
  usedBefore,
} from '../exec/support/stores';
import { temporaryFolder } from '../support/temporary';
import type { Ended } from './support/command';
import { cli } from './support/command';

const test = suite('cli: cache');

const rootOf = ({ folder }: Store): string => path.dirname(folder);

const cache = (store: Store, args: readonly string[], size?: string): Promise<Ended> =>
  cli(['cache', ...args], {
    cwd: temporaryFolder(),
    environment: {
      PATH: process.env.PATH,
      CDK_LAMBDA_PYTHON_CACHE: rootOf(store),
      CDK_LAMBDA_PYTHON_CACHE_SIZE: size,
    },
  });

/** Bundles of 1024 bytes by the days since their last use before NOW. */
const storeOf = (ages: Readonly<Record<string, number>>): Store => {
  const store = newStore();
  for (const [name, days] of Object.entries(ages)) {
    usedBefore(path.dirname(putBundle(store, name, '.'.repeat(1024))), days * DAY);
  }
  return store;
};

const left = (store: Store, ...names: readonly string[]): readonly string[] =>
  names.filter((name) => fs.existsSync(path.join(store.folder, 'bundles', sha256(name))));

test('info: a table for people', async () => {
  const store = storeOf({ a: 1, b: 31 });
  usedBefore(path.dirname(putFile(store, 'pyc/0a/file.pyc', '12345')), DAY);
  usedBefore(putFile(store, 'modules/broken', ''), 2 * DAY);
  const { code, stdout, stderr } = await cache(store, ['info'], '20GB');
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.is(
    stdout,
    `${rootOf(store)}, limited to 20.0 GB

                             entries      size  last used
installed modules                  1       0 B  2026-05-30  (1 broken)
finished bundles                   2    2.0 kB  2026-05-01 to 2026-05-31
bytecode of your modules           1       5 B  2026-05-31
total                              4    2.0 kB  2026-05-01 to 2026-05-31  (1 broken)

Files that are linked into cdk.out share their disk space with it: it is free when both are removed.
`,
  );
});

test('info --json: the same for programs; a store that is not there is empty', async () => {
  const store = storeOf({ a: 1, b: 31 });
  const bundles = {
    entries: 2,
    bytes: 2048,
    broken: 0,
    oldestUse: new Date(NOW - 31 * DAY).toISOString(),
    newestUse: new Date(NOW - DAY).toISOString(),
  };
  const { stdout } = await cache(store, ['info', '--json']);
  assert.equal(JSON.parse(stdout), {
    folder: rootOf(store),
    bound: 5 * 1024 ** 3,
    total: bundles,
    kinds: { bundles },
  });
  const none = newStore();
  const empty = await cache(none, ['info', '--json']);
  assert.equal([empty.code, empty.stderr], [0, '']);
  assert.equal(JSON.parse(empty.stdout), {
    folder: rootOf(none),
    bound: 5 * 1024 ** 3,
    total: { entries: 0, bytes: 0, broken: 0, oldestUse: null, newestUse: null },
    kinds: {},
  });
  assert.not(fs.existsSync(none.folder));
});

test('prune: by age, by size, and by the bound where nothing is said', async () => {
  const store = storeOf({ a: 1, b: 2, c: 3, d: 4 });
  const now = await cache(store, ['prune']);
  assert.equal(
    [now.code, now.stdout, now.stderr],
    [0, 'freed 0 B of 0 entries; 4 entries with 4.0 kB left\n', ''],
  );
  const bySize = await cache(store, ['prune', '--max-size', '3kB']);
  assert.is(bySize.stderr, '');
  assert.is(
    bySize.stdout,
    `removed bundles/${sha256('d')}, 1.0 kB, last used 2026-05-28
freed 1.0 kB of 1 entry; 3 entries with 3.0 kB left
`,
  );
  const byBound = await cache(store, ['prune'], '2kB');
  assert.is(byBound.code, 0);
  assert.equal(left(store, 'a', 'b', 'c', 'd'), ['a', 'b']);
  usedBefore(path.join(store.folder, 'bundles', sha256('a')), 2 * 60 * 60 * 1000, Date.now());
  usedBefore(path.join(store.folder, 'bundles', sha256('b')), 2 * DAY, Date.now());
  const byAge = await cache(store, ['prune', '--older-than', '12h'], '0');
  assert.is(byAge.code, 0);
  assert.equal(left(store, 'a', 'b'), ['a'], 'the bound is not meant where something was said');
  const all = await cache(store, ['prune', '--max-size', '0']);
  assert.match(all.stdout, /^removed .*\nfreed 1\.0 kB of 1 entry; 0 entries with 0 B left\n$/);
});

test('prune removes what killed runs have left, and keeps what was just used', async () => {
  const store = newStore();
  putFilesAsBundle(store, 'a', { 'a.py': '' });
  const abandoned = putFile(store, 'tmp/1-00000000-x/file', '');
  usedBefore(path.dirname(abandoned), 2 * DAY, Date.now());
  const { code, stderr } = await cache(store, ['prune', '--max-size', '0', '--older-than', '0h']);
  assert.equal(
    [code, stderr],
    [0, 'note: entries of the last ten minutes stay, because a run may be using them\n'],
  );
  assert.equal(left(store, 'a'), ['a']);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('what is no age or size is refused with what is accepted', async () => {
  const store = storeOf({ a: 400 });
  const refuse = async (args: readonly string[], message: string): Promise<void> => {
    const { code, stdout, stderr } = await cache(store, args);
    assert.is(code, 1);
    assert.is(stdout, '');
    assert.ok(stderr.startsWith(`${message}\n`), stderr);
    assert.not.match(stderr, /^\s+at /m);
  };
  await Promise.all([
    refuse(
      ['prune', '--older-than', '30'],
      'error: --older-than is "30". Accepted are hours, days and weeks: 12h, 30d, 2w.',
    ),
    refuse(
      ['prune', '--max-size', '5'],
      'error: --max-size is "5". Accepted are sizes such as 500MB and 5GB, and 0.',
    ),
    refuse(['prune', '--max-size'], "error: option '--max-size <size>' argument missing"),
    refuse(['prune', 'all'], "error: too many arguments for 'prune'. Expected 0 arguments but got 1."),
  ]);
  assert.equal(left(store, 'a'), ['a']);
});

test('a bound that is no size is a warning', async () => {
  const { code, stderr } = await cache(newStore(), ['info'], 'lots');
  assert.is(code, 0);
  assert.is(
    stderr,
    'warning: CDK_LAMBDA_PYTHON_CACHE_SIZE is "lots", which is not a size such as 500MB or 20GB; the store is kept within 5 GB.\n',
  );
});

test('verify: how much was read; what is broken is named and taken away', async () => {
  const store = newStore();
  const part = await putPart(store, 'part', { 'a.py': 'abc', 'b.py': 'def' });
  putFilesAsBundle(store, 'bundle', { 'main.py': 'x' });
  const whole = await cache(store, ['verify']);
  assert.equal([whole.code, whole.stdout, whole.stderr], [0, 'verified 2 entries: 5 files, 13 B\n', '']);
  for (const name of ['a.py', 'b.py']) {
    fs.writeFileSync(path.join(treeOf(part), name), 'xyz');
    stamp(path.join(treeOf(part), name));
  }
  const broken = await cache(store, ['verify']);
  assert.is(broken.code, 1);
  assert.is(broken.stdout, 'verified 2 entries: 5 files, 13 B\n');
  assert.is(
    broken.stderr,
    `note: output folders may have links to these files, with the same bytes: remove them too
error: modules/${sha256('part')} is broken: tree/a.py holds other bytes (and 1 more); removed
`,
  );
  assert.not(fs.existsSync(part.folder));
  const again = await cache(store, ['verify']);
  assert.equal([again.code, again.stdout], [0, 'verified 1 entry: 1 file, 1 B\n']);
});

test('a store that cannot be read is told without a stack trace', async () => {
  const folder = path.join(temporaryFolder(), 'x'.repeat(300));
  const environment = { PATH: process.env.PATH, CDK_LAMBDA_PYTHON_CACHE: folder };
  for (const command of ['info', 'prune', 'verify']) {
    const { code, stdout, stderr } = await cli(['cache', command], { cwd: temporaryFolder(), environment });
    assert.equal([code, stdout, stderr], [1, '', `error: ${folder}: the path is too long\n`]);
  }
});

test('cache alone says what there is', async () => {
  const { code, stdout, stderr } = await cache(newStore(), []);
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, /^ {2}info [^]*^ {2}prune [^]*^ {2}verify /m);
});

test.run();
