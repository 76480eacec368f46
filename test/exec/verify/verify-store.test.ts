import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinZips } from '../../../src/exec/zip/join-zips';
import { readDirectory } from '../../../src/exec/zip/zip-directory';
import type { Part } from '../../../src/exec/store/part';
import { hasTree, hasZip, treeOf, zipOf } from '../../../src/exec/store/part';
import { stamp } from '../../../src/exec/files/stamp';
import type { Store } from '../../../src/exec/store/store';
import { verify } from '../../../src/exec/verify/verify-store';
import { checkZip } from '../../../src/exec/zip/verify-zip';
import { sha256 } from '../../../src/plan/values/hash';
import { newStore, putBundle, putFile, putFilesAsBundle, putPart, zipped } from '../support/stores';

const test = suite('verify');

const FILES = { 'six.py': 'print(1)\n'.repeat(20), 'pkg/größe.so': 'x', 'pkg/__init__.py': '' };

/** Changes one byte and puts the time back, as a disk does that loses a bit. */
const flip = (file: string, at: number): void => {
  const content = fs.readFileSync(file);
  content.writeUInt8(content.readUInt8(at) ^ 1, at);
  fs.writeFileSync(file, content);
  stamp(file);
};

/** What is broken: kind, start of the key, faults. */
const brokenIn = async (store: Store): Promise<readonly string[]> =>
  (await verify(store)).broken.map(({ entry, faults }) => `${entry.kind}: ${faults.join('; ')}`);

test('a store that is whole: how much was read, and nothing is taken away', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', FILES);
  const tree = await putPart(store, 'two', { 'a.pyc': 'abc' }, 'bytecode', { zip: false, tree: true });
  const zip = await putPart(store, 'three', { 'a.py': 'abcd' }, 'modules', { zip: true, tree: false });
  const bundle = putFilesAsBundle(store, 'bundle', { 'main.py': '12345', 'empty.py': '' });
  putFile(store, 'digests/root.json', '{}');
  putFile(store, 'downloads/uv/file', '');
  const size = 180 + 1;
  assert.equal(await verify(store), {
    entries: 4,
    files: 2 * 3 + 1 + 2 + 2,
    bytes: 2 * size + 3 + 2 * 4 + 5,
    broken: [],
  });
  assert.equal(
    [part, tree, zip].map((one) => [hasZip(one), hasTree(one)]),
    [
      [true, true],
      [false, true],
      [true, false],
    ],
  );
  assert.is(store.bundle(sha256('bundle'))?.zip, bundle);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('no store, nothing to verify', async () => {
  assert.equal(await verify(newStore()), { entries: 0, files: 0, bytes: 0, broken: [] });
});

test('a byte of a tree that changed under its time is found, and the part is made anew', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', FILES);
  flip(path.join(treeOf(part), 'six.py'), 7);
  assert.ok(hasTree(part), 'a look at the file does not show it');
  assert.equal(await brokenIn(store), ['modules: tree/six.py holds other bytes']);
  assert.is(store.part('modules', sha256('one')), undefined);
  assert.equal(fs.readdirSync(path.join(store.folder, 'modules')), []);
  const again = await putPart(store, 'one', FILES);
  assert.equal(again, part);
  assert.equal(await brokenIn(store), []);
});

test('a byte of a zip that changed under its time is found', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', FILES, 'bytecode');
  flip(zipOf(part), fs.readFileSync(zipOf(part)).indexOf('six.py') + 'six.py'.length + 3);
  assert.ok(hasZip(part), 'a look at the file does not show it');
  assert.equal(await brokenIn(store), ['bytecode: part.zip: six.py holds other bytes']);
  assert.is(store.part('bytecode', sha256('one')), undefined);
  const zip = putFilesAsBundle(store, 'bundle', { 'main.py': 'print(2)\n'.repeat(20), 'b.py': '' });
  flip(zip, 30 + 'main.py'.length + 3);
  assert.is(store.bundle(sha256('bundle'))?.zip, zip, 'a look at the file does not show it');
  assert.equal(await brokenIn(store), ['bundles: bundle.zip: main.py holds other bytes']);
  assert.is(store.bundle(sha256('bundle')), undefined);
  putFilesAsBundle(store, 'bundle', { 'main.py': 'print(2)\n'.repeat(20), 'b.py': '' });
  assert.equal(await brokenIn(store), []);
});

test('every byte of a zip counts, but for the version of the program that made it', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', FILES);
  const joined = path.join(store.folder, 'joined.zip');
  const own = zipped({ 'main.py': 'print(2)\n'.repeat(20), 'empty.py': '' });
  joinZips([{ file: zipOf(part), directory: readDirectory(zipOf(part)) }], own, joined);
  assert.equal(checkZip(joined), { faults: [], entries: 5, bytes: 361 });
  for (const [zip, files] of [
    [zipOf(part), part.files],
    [joined, undefined],
  ] as const) {
    const { offset, records } = readDirectory(zip);
    const content = fs.readFileSync(zip);
    const copy = path.join(store.folder, 'copy.zip');
    for (let at = 0; at < content.length; at += 1) {
      const flipped = Buffer.from(content);
      flipped.writeUInt8(content.readUInt8(at) ^ 1, at);
      fs.writeFileSync(copy, flipped);
      const isVersion =
        at >= offset && records.indexOf('PK\x01\x02', Math.max(0, at - offset - 4)) === at - offset - 4;
      assert.is(checkZip(copy, files).faults.length === 0, isVersion, `byte ${at} of ${content.length}`);
    }
    for (let size = 0; size < content.length; size += 17) {
      fs.writeFileSync(copy, content.subarray(0, size));
      assert.is.not(checkZip(copy, files).faults.length, 0, `${size} bytes`);
    }
    fs.writeFileSync(copy, Buffer.concat([content, Buffer.alloc(1)]));
    assert.equal(checkZip(copy, files).faults, ['not a whole zip']);
  }
});

test('bytes of a zip that belong to nothing are found', async () => {
  const store = newStore();
  const { folder } = await putPart(store, 'one', { 'a.py': 'abc' });
  const file = zipOf({ folder });
  const directory = readDirectory(file);
  const joined = path.join(store.folder, 'joined.zip');
  const faultsOf = (own: Readonly<Record<string, string>>): readonly string[] => {
    joinZips([{ file, directory: { ...directory, offset: directory.offset + 5 } }], zipped(own), joined);
    return checkZip(joined).faults;
  };
  assert.equal(faultsOf({ 'b.py': '' }), ['b.py is not in its place', 'the directory is not whole']);
  assert.equal(faultsOf({}), ['the directory is not whole']);
  const content = fs.readFileSync(file);
  const end = content.length - 22;
  fs.writeFileSync(joined, Buffer.concat([content.subarray(0, end), Buffer.alloc(1), content.subarray(end)]));
  assert.equal(checkZip(joined).faults, ['not a whole zip']);
});

test('a length that is wrong has no gigabytes made room for', async () => {
  const store = newStore();
  const zip = zipOf(await putPart(store, 'one', { 'a.py': 'abc' }));
  const highestByteOfCompressedSize = readDirectory(zip).offset + 23;
  flip(zip, highestByteOfCompressedSize);
  assert.equal(checkZip(zip).faults, ['a.py is not in its place', 'the directory is not whole']);
});

test('an entry that another run prunes meanwhile is no broken one', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', FILES);
  const verified = verify(store);
  fs.rmSync(part.folder, { recursive: true });
  assert.equal(await verified, { entries: 0, files: 0, bytes: 0, broken: [] });
});

test('a zip of other files than the tree is found, though it is whole', async () => {
  const store = newStore();
  const other = await putPart(store, 'other', { 'six.py': 'other' });
  const part = await putPart(store, 'one', { 'six.py': 'print' });
  fs.copyFileSync(zipOf(other), zipOf(part));
  stamp(zipOf(part));
  assert.equal(await brokenIn(store), ['modules: part.zip: six.py is not the file that was stored']);
  const executable = part.files.map((file) => ({ ...file, digest: sha256('other'), executable: true }));
  assert.equal(checkZip(zipOf(other), executable).faults, ['six.py is not the file that was stored']);
  const more = await putPart(store, 'more', { 'six.py': 'other', 'a.py': '' });
  assert.equal(checkZip(zipOf(other), more.files).faults, ['not all files are there']);
});

test('whatever else happened to a part is found and named', async () => {
  const faultsAfter = async (change: (part: Part, six: string) => void): Promise<readonly string[]> => {
    const store = newStore();
    const part = await putPart(store, 'one', FILES);
    change(part, path.join(treeOf(part), 'six.py'));
    const broken = await brokenIn(store);
    assert.is(store.part('modules', sha256('one')), undefined);
    return broken;
  };
  const touched = await faultsAfter((_, six) => fs.utimesSync(six, 1, 1));
  assert.equal(touched, ['modules: tree/six.py was changed']);
  assert.equal(await faultsAfter((_, six) => fs.rmSync(six)), ['modules: tree/six.py is missing']);
  const linked = await faultsAfter((_, six) => {
    fs.renameSync(six, `${six}.away`);
    fs.symlinkSync('six.py.away', six);
  });
  assert.equal(linked, ['modules: tree/six.py is missing; tree/six.py.away was not stored']);
  assert.equal(await faultsAfter((_, six) => fs.chmodSync(six, 0o755)), [
    'modules: tree/six.py is executable',
  ]);
  const longer = await faultsAfter((_, six) => fs.appendFileSync(six, '#'));
  assert.equal(longer, ['modules: tree/six.py has 181 bytes, not 180']);
  const gone = await faultsAfter((part) => fs.rmSync(treeOf(part), { recursive: true }));
  assert.equal(gone, [
    'modules: tree/pkg/__init__.py is missing; tree/pkg/größe.so is missing; tree/six.py is missing',
  ]);
  const noZip = await faultsAfter((part) => fs.rmSync(zipOf(part)));
  assert.equal(noZip, ['modules: part.zip was changed, or is missing']);
  const noRecord = await faultsAfter((part) => fs.writeFileSync(path.join(part.folder, 'part.json'), '{'));
  assert.equal(noRecord, ['modules: part.json was changed, or is missing']);
});

test('a tree that no bundle links to may hold links, but no other bytes', async () => {
  const store = newStore();
  const part = await putPart(store, 'one', { 'a.py': 'abc', 'b.py': 'def' }, 'modules', {
    zip: true,
    tree: false,
  });
  const file = path.join(treeOf(part), 'a.py');
  fs.renameSync(file, path.join(store.folder, 'cache-of-uv'));
  fs.symlinkSync(path.join(store.folder, 'cache-of-uv'), file);
  assert.equal(await brokenIn(store), []);
  fs.writeFileSync(path.join(store.folder, 'cache-of-uv'), 'abd');
  assert.equal(await brokenIn(store), ['modules: tree/a.py holds other bytes']);
});

test('a bundle that was written to, or is no zip', async () => {
  const store = newStore();
  fs.appendFileSync(putFilesAsBundle(store, 'one', { 'a.py': '' }), '.');
  assert.equal(await brokenIn(store), ['bundles: bundle.zip was changed, or is missing']);
  putBundle(store, 'two', '', {});
  assert.equal(await brokenIn(store), ['bundles: bundle.zip: not a whole zip']);
});

test('what cannot be taken away is told', async () => {
  const store = newStore();
  putBundle(store, 'one', '');
  const { renameSync } = nodeFs;
  nodeFs.renameSync = () => {
    throw Object.assign(new Error('no'), { code: 'EROFS' });
  };
  try {
    const { broken } = await verify(store);
    assert.equal(
      broken.map(({ stays }) => stays),
      ['the file system is read-only'],
    );
  } finally {
    nodeFs.renameSync = renameSync;
  }
});

test.run();
