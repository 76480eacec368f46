import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mergeTrees } from '../../../src/exec/files/merge-trees';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('merge trees');

/** What is in a folder after another was merged into it, as `path: text`. */
const merged = (
  from: Readonly<Record<string, string>>,
  into: Readonly<Record<string, string>>,
): readonly string[] => {
  const folder = temporaryFolder();
  const [source, target] = [path.join(folder, 'from'), path.join(folder, 'into')];
  fs.mkdirSync(source);
  fs.mkdirSync(target);
  writeTree(source, from);
  writeTree(target, into);
  mergeTrees(source, target);
  assert.not.ok(fs.existsSync(source));
  return listTree(target).map(
    (file) => `${file.path}: ${fs.readFileSync(path.join(target, file.path), 'utf8')}`,
  );
};

test('folders that both have hold the files of both, at any depth', () => {
  assert.equal(
    merged(
      { 'ns/sub/b.py': 'b', 'ns/c/__init__.py': 'c', 'd.py': 'd' },
      { 'ns/sub/a.py': 'a', 'ns/e.py': 'e', 'f.py': 'f' },
    ),
    ['d.py: d', 'f.py: f', 'ns/c/__init__.py: c', 'ns/e.py: e', 'ns/sub/a.py: a', 'ns/sub/b.py: b'],
  );
});

test('a file that is there is replaced, and so is what is of another kind', () => {
  assert.equal(merged({ 'a.py': 'new', 'b/c.py': 'new' }, { 'a.py': 'old', 'b/c.py': 'old' }), [
    'a.py: new',
    'b/c.py: new',
  ]);
  assert.equal(merged({ a: 'new' }, { 'a/b/c': 'old' }), ['a: new']);
  assert.equal(merged({ 'a/b/c': 'new' }, { a: 'old' }), ['a/b/c: new']);
});

test('an empty folder changes nothing; the other one need not be there', () => {
  assert.equal(merged({}, { a: 'a' }), ['a: a']);
  assert.equal(merged({ a: 'a' }, {}), ['a: a']);
  const folder = temporaryFolder();
  writeTree(folder, { 'from/a': 'a' });
  mergeTrees(path.join(folder, 'from'), path.join(folder, 'deep/into'));
  assert.equal(
    listTree(folder).map((file) => file.path),
    ['deep/into/a'],
  );
});

test('links and modes are kept, and no link is followed', () => {
  const folder = temporaryFolder();
  writeTree(folder, { 'from/run': '#!', 'from/lib/a': 'a', 'into/b': 'b', 'elsewhere/c': 'c' });
  fs.chmodSync(path.join(folder, 'from/run'), 0o755);
  fs.symlinkSync('run', path.join(folder, 'from/link'));
  fs.symlinkSync('../elsewhere', path.join(folder, 'into/lib'));
  mergeTrees(path.join(folder, 'from'), path.join(folder, 'into'));
  assert.equal(
    listTree(folder).map((file) => `${file.path} ${file.mode}`),
    ['elsewhere/c 644', 'into/b 644', 'into/lib/a 644', 'into/link link', 'into/run 755'],
  );
});

test('a link in the place of either folder is refused, and what it leads to is left alone', () => {
  for (const replaced of ['from', 'into']) {
    const folder = temporaryFolder();
    writeTree(folder, { 'from/a': 'a', 'into/b': 'b', 'elsewhere/c': 'c' });
    fs.rmSync(path.join(folder, replaced), { recursive: true });
    fs.symlinkSync('elsewhere', path.join(folder, replaced));
    assert.throws(
      () => mergeTrees(path.join(folder, 'from'), path.join(folder, 'into')),
      /is no longer a folder/,
    );
    assert.equal(fs.readdirSync(path.join(folder, 'elsewhere')), ['c']);
  }
});

test.run();
