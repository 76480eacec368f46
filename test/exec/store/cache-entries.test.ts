import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CacheEntry, KnownSizes } from '../../../src/exec/store/cache-entries';
import { bytesOf, listEntries } from '../../../src/exec/store/cache-entries';
import { zipOf } from '../../../src/exec/store/part';
import type { Store } from '../../../src/exec/store/store';
import { sha256 } from '../../../src/plan/values/hash';
import { DAY, newStore, NOW, putBundle, putFile, putPart, usedBefore } from '../support/stores';

const test = suite('entries of the store');

/** Entries as lines: kind, key, bytes, days since their last use, whether broken. */
const lines = (store: Store, known?: KnownSizes): readonly string[] =>
  listEntries(store, known)
    .map(({ kind, key, bytes, lastUse, isBroken }: CacheEntry) => {
      const name = key.length === 64 ? key.slice(0, 4) : key;
      return `${kind} ${name} ${bytes} ${(NOW - lastUse) / DAY}${isBroken ? ' broken' : ''}`;
    })
    .sort();

const short = (name: string): string => sha256(name).slice(0, 4);

test('a store that is not there has none', () => {
  assert.equal(listEntries(newStore()), []);
});

test('every kind, with its size and its last use', async () => {
  const store = newStore();
  const one = await putPart(store, 'one', { 'a.py': 'abc', 'b/c.py': 'defg' });
  const two = await putPart(store, 'two', { 'a.pyc': 'abc' }, 'bytecode', { zip: false, tree: true });
  const zip = putBundle(store, 'bundle', 'twelve bytes');
  putFile(store, 'pyc/0a/one.pyc', '12345');
  putFile(store, 'pyc/0a/two.pyc', '123');
  const digests = putFile(store, 'digests/root.json', '{}');
  putFile(store, 'downloads/uv/wheels-v5/six/six.whl', '1234567');
  const pip = putFile(store, 'downloads/pip/http-v2/a/b', '12');
  const old = putFile(store, '../v1/dependencies/key/six.py', '123456789');
  const newest = path.join(store.folder, '../v1/dependencies');
  for (const [entry, days] of [
    [one.folder, 1],
    [two.folder, 2],
    [path.dirname(zip), 3],
    [path.join(store.folder, 'pyc/0a'), 4],
    [digests, 5],
    [path.join(store.folder, 'downloads/uv/wheels-v5'), 7],
    [path.join(store.folder, 'downloads/uv'), 6],
    [path.dirname(path.dirname(pip)), 7],
    [path.join(store.folder, 'downloads/pip'), 9],
    [newest, 8],
    [path.dirname(newest), 9],
    [old, 0],
  ] as const) {
    usedBefore(entry, days * DAY);
  }
  assert.equal(lines(store), [
    `bundles ${short('bundle')} 12 3`,
    `bytecode ${short('two')} 3 2`,
    'digests root.json 2 5',
    'downloads pip 2 7',
    'downloads uv 7 6',
    'layout v1 9 8',
    `modules ${short('one')} ${7 + fs.statSync(zipOf(one)).size} 1`,
    'pyc 0a 8 4',
  ]);
  assert.is(bytesOf(listEntries(store)), 12 + 3 + 2 + 2 + 7 + 9 + 7 + fs.statSync(zipOf(one)).size + 8);
});

test('what is no entry: temporaries, interpreters, the layout of a newer version, what lies beside', () => {
  const store = newStore();
  putFile(store, 'tmp/1-00000000-x/file', '');
  putFile(store, 'interpreters/cpython-313.json', '{}');
  putFile(store, 'pruned.json', '{}');
  putFile(store, '../v5/modules/key/part.json', '{}');
  putFile(store, '../v1.txt', '');
  putFile(store, '../notes/a', '');
  assert.equal(listEntries(store), []);
});

test('what no run can take is broken, and its size is what lies there', async () => {
  const store = newStore();
  const part = await putPart(store, 'part', { 'a.py': 'abc' }, 'modules', { zip: false, tree: true });
  fs.rmSync(path.join(part.folder, 'part.json'));
  usedBefore(part.folder, DAY);
  const empty = await putPart(store, 'empty', { 'a.py': 'abcd' }, 'modules', { zip: false, tree: true });
  fs.writeFileSync(path.join(empty.folder, 'part.json'), '');
  usedBefore(empty.folder, DAY);
  const zip = putBundle(store, 'bundle', 'one');
  fs.writeFileSync(zip, 'another');
  usedBefore(path.dirname(zip), DAY);
  usedBefore(putFile(store, 'modules/file', '12345'), DAY);
  usedBefore(putFile(store, 'pyc/file', '123456'), DAY);
  usedBefore(putFile(store, 'digests/root.json.123', '1'), DAY);
  const seals = [part.folder, empty.folder, path.dirname(zip)].map((one) => fs.statSync(`${one}/seal`).size);
  const [ofPart = 0, ofEmpty = 0, ofZip = 0] = seals;
  assert.equal(lines(store), [
    `bundles ${short('bundle')} ${7 + ofZip} 1 broken`,
    'digests root.json.123 1 1 broken',
    ...[
      `modules ${short('empty')} ${4 + ofEmpty} 1 broken`,
      `modules ${short('part')} ${3 + ofPart} 1 broken`,
    ].sort(),
    'modules file 5 1 broken',
    'pyc file 6 1 broken',
  ]);
});

test('a link is an entry of its own: where it leads is never measured', () => {
  const store = newStore();
  putFile(store, '../elsewhere/file', '12345');
  fs.mkdirSync(path.join(store.folder, 'downloads'), { recursive: true });
  fs.symlinkSync('../../elsewhere', path.join(store.folder, 'downloads/uv'));
  assert.equal(
    listEntries(store).map(({ key, bytes }) => [key, bytes]),
    [['uv', '../../elsewhere'.length]],
  );
});

test('what was measured is not walked through again until it is used', () => {
  const store = newStore();
  putFile(store, 'downloads/uv/file', '12345');
  const uv = path.join(store.folder, 'downloads/uv');
  usedBefore(path.join(uv, 'file'), 2 * DAY);
  usedBefore(uv, DAY);
  const known = { [uv]: { bytes: 99, lastUse: NOW - DAY } };
  assert.equal(lines(store, known), ['downloads uv 99 1']);
  usedBefore(uv, 0);
  assert.equal(lines(store, known), ['downloads uv 5 0']);
});

test.run();
