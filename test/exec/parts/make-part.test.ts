import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PartForms } from '../../../src/exec/parts/make-part';
import { makePart } from '../../../src/exec/parts/make-part';
import type { Part } from '../../../src/exec/store/part';
import { hasTree, hasZip, readPart, treeOf, zipOf } from '../../../src/exec/store/part';
import { sha256 } from '../../../src/plan/values/hash';
import { hostPython } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('make a part');

const FILES = {
  'pkg/__init__.py': 'x = 1\n'.repeat(50),
  'pkg/data.json.gz': gzipSync('{}'),
  'pkg/lib.so': 'ELF',
  'top.py': '',
};

/** A tree as an installer may leave it: odd modes, a link, an empty folder, and files that a cache has as well. */
const installed = (): { readonly tree: string; readonly cache: string } => {
  const [tree, cache] = [path.join(temporaryFolder(), 'output'), temporaryFolder()];
  writeTree(tree, FILES);
  fs.mkdirSync(path.join(tree, 'empty'));
  fs.chmodSync(path.join(tree, 'pkg/lib.so'), 0o700);
  fs.chmodSync(path.join(tree, 'top.py'), 0o600);
  fs.symlinkSync('top.py', path.join(tree, 'alias.py'));
  Object.keys(FILES).forEach((file, index) => {
    fs.linkSync(path.join(tree, file), path.join(cache, `${index}`));
  });
  return { tree, cache };
};

const made = (tree: string, forms: PartForms, linked: boolean): Promise<Part> =>
  makePart(tree, path.join(path.dirname(tree), 'part'), forms, linked);

const recorded = [
  { path: 'alias.py', size: 0, executable: false, digest: sha256('') },
  ...Object.entries(FILES).map(([file, content]) => ({
    path: file,
    size: content.length,
    executable: file.endsWith('.so'),
    digest: sha256(content),
  })),
];

test('all files are recorded, in one order, whatever forms are wanted', async () => {
  for (const forms of [
    { zip: true, tree: true },
    { zip: true, tree: false },
    { zip: false, tree: true },
  ]) {
    const part = await made(installed().tree, forms, true);
    assert.equal(part.files, recorded);
    assert.equal([hasZip(part), hasTree(part)], [forms.zip, forms.tree]);
    assert.equal(readPart(part.folder), part);
  }
});

test("the tree's files are the store's own: with plain modes and one time, and nothing of the cache is changed", async () => {
  const { tree, cache } = installed();
  const before = listTree(cache);
  const times = fs.readdirSync(cache).map((name) => fs.statSync(path.join(cache, name)).mtimeMs);
  const part = await made(tree, { zip: true, tree: true }, true);
  assert.equal(
    listTree(treeOf(part)).map(({ path: file, mode }) => `${mode} ${file}`),
    ['644 alias.py', '644 pkg/__init__.py', '644 pkg/data.json.gz', '755 pkg/lib.so', '644 top.py'],
  );
  for (const { path: file } of part.files) {
    const stats = fs.statSync(path.join(treeOf(part), file));
    assert.equal([stats.mtime.toISOString(), stats.nlink], ['1980-01-01T00:00:00.000Z', 1], file);
  }
  fs.appendFileSync(path.join(treeOf(part), 'top.py'), 'changed');
  assert.equal(listTree(cache), before);
  assert.equal(
    fs.readdirSync(cache).map((name) => fs.statSync(path.join(cache, name)).mtimeMs),
    times,
  );
});

test('where no bundle links them, they stay as they are and are not copied', async () => {
  const { tree, cache } = installed();
  const before = listTree(cache);
  const part = await made(tree, { zip: true, tree: false }, true);
  assert.is(fs.statSync(path.join(treeOf(part), 'top.py')).nlink, 2);
  assert.equal(listTree(cache), before);
});

test('the zip has the files in order, with plain modes, and stores what is compressed already', async () => {
  const part = await made(installed().tree, { zip: true, tree: false }, true);
  const script = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.date_time[:3], i.compress_type, i.flag_bits & 8] for i in z.infolist()]))`;
  const list: unknown = JSON.parse(
    execFileSync(hostPython(), ['-I', '-c', script, zipOf(part)], { encoding: 'utf8' }),
  );
  assert.equal(list, [
    ['alias.py', '0o100644', [1980, 1, 1], 8, 0],
    ['pkg/__init__.py', '0o100644', [1980, 1, 1], 8, 0],
    ['pkg/data.json.gz', '0o100644', [1980, 1, 1], 0, 0],
    ['pkg/lib.so', '0o100755', [1980, 1, 1], 8, 0],
    ['top.py', '0o100644', [1980, 1, 1], 8, 0],
  ]);
});

test('the same files give the same zip, byte by byte', async () => {
  const bytes = async (): Promise<string> =>
    sha256(fs.readFileSync(zipOf(await made(installed().tree, { zip: true, tree: false }, true))));
  assert.is(await bytes(), await bytes());
});

test('nothing moves while something still reads the tree', async () => {
  const { tree } = installed();
  let moved: boolean | undefined;
  const reader = new Promise((resolve) => setTimeout(resolve, 100)).then(() => {
    moved = !fs.existsSync(path.join(tree, 'top.py'));
  });
  await makePart(tree, path.join(path.dirname(tree), 'part'), { zip: false, tree: true }, false, reader);
  assert.is(moved, false);
  assert.not(fs.existsSync(path.join(tree, 'top.py')));
});

test.run();
