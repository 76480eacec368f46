import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinParts, selected } from '../../src/exec/parts/join-parts';
import { makePart } from '../../src/exec/parts/make-part';
import { pieceFrom } from '../../src/exec/parts/module-pieces';
import type { Part } from '../../src/exec/store/part';
import { hasTree, isTreeWhole, treeOf, zipOf } from '../../src/exec/store/part';
import { folderStore, sealedName } from '../../src/exec/store/store';
import { checkPart } from '../../src/exec/verify/verify-part';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('a part whose tree has the metadata alone');

const filesIn = (tree: string): readonly string[] => listTree(tree).map((file) => file.path);

const ZIP = { zip: true, tree: false };

const MODULES = {
  'a.py': 'A = 1\n',
  'pkg/deep/data.json': '{}',
  'pkg-1.dist-info/METADATA': 'Name: pkg\nVersion: 1\n',
};

const partOf = async (tree: Readonly<Record<string, string>>, forms = ZIP): Promise<Part> => {
  const folder = temporaryFolder();
  writeTree(path.join(folder, 'tree-of'), tree);
  return makePart(path.join(folder, 'tree-of'), path.join(folder, 'part'), forms, false);
};

const joined = async (forms: Parameters<typeof joinParts>[2] = ZIP): Promise<Part> => {
  const parts = [await partOf(MODULES), await partOf({ 'b/b.py': 'B = 1\n', 'a-b.py': '' })];
  const folder = path.join(temporaryFolder(), 'joined');
  fs.mkdirSync(folder);
  const made = joinParts(
    parts.map((part) => selected(part, () => true)),
    folder,
    forms,
  );
  if (made === undefined) throw new Error('not joined');
  return made;
};

test('a part that others are joined in for zips has no other files in its tree, and the zip of all', async () => {
  const made = await joined();
  assert.equal(filesIn(treeOf(made)), ['pkg-1.dist-info/METADATA']);
  assert.is(made.metadataOnly, true);
  assert.is(isTreeWhole(made), false);
  const whole = await partOf({ ...MODULES, 'b/b.py': 'B = 1\n', 'a-b.py': '' });
  assert.equal(made.files, whole.files);
  assert.ok(fs.readFileSync(zipOf(made)).equals(fs.readFileSync(zipOf(whole))));
});

test('the whole tree is there where it is asked for', async () => {
  for (const forms of [
    { ...ZIP, unpacked: true },
    { zip: true, tree: true },
  ]) {
    const made = await joined(forms);
    assert.is(filesIn(treeOf(made)).length, 5);
    assert.is(made.metadataOnly, undefined);
  }
});

test('the store makes the tree of it from the zip, and verifies what is there', async () => {
  const store = folderStore(temporaryFolder());
  const key = 'a'.repeat(64);
  await store.temporary(async (temporary) => {
    const made = await joined();
    fs.renameSync(made.folder, path.join(temporary, 'part'));
    store.addPart('modules', key, { ...made, folder: path.join(temporary, 'part') });
  });
  const stored = store.part('modules', key);
  assert.is(stored?.metadataOnly, true);
  const checked = await checkPart(stored?.folder ?? '', sealedName(store.folder, 'modules', key));
  assert.equal(checked.faults, []);
  assert.is(await pieceFrom(store, 'modules', key, ZIP).then((part) => part?.metadataOnly), true);
  const remade = await pieceFrom(store, 'modules', key, { zip: true, tree: true });
  assert.is(remade && hasTree(remade), true);
  assert.is(filesIn(treeOf(remade ?? { folder: '' })).length, 5);
});

test('where the zip is damaged too, the part is gone', async () => {
  const store = folderStore(temporaryFolder());
  const key = 'b'.repeat(64);
  await store.temporary(async (temporary) => {
    const made = await joined();
    fs.renameSync(made.folder, path.join(temporary, 'part'));
    store.addPart('modules', key, { ...made, folder: path.join(temporary, 'part') });
  });
  const zip = zipOf(store.part('modules', key) ?? { folder: '' });
  fs.appendFileSync(zip, 'x');
  assert.is(await pieceFrom(store, 'modules', key, { zip: false, tree: true }), undefined);
  assert.is(store.part('modules', key), undefined);
});

test.run();
