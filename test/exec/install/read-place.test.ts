import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { INDEX_RULES, MOUNT_RULES, readPlace } from '../../../src/exec/install/read-place';
import { folderOf, makePipe } from '../support/requests';

const test = suite('what a place holds');

const digestOf = (folder: string, rules = MOUNT_RULES): string | null => readPlace(folder, rules).digest;

test('it is that of names, contents, links and permissions to execute, wherever the folder lies', () => {
  const tree = { 'a.txt': 'a', 'b/c.txt': 'c' };
  const [one, two] = [folderOf(tree), folderOf(tree)];
  assert.is(digestOf(one), digestOf(two));
  const changes: Readonly<Record<string, (folder: string) => void>> = {
    content: (folder) => fs.writeFileSync(path.join(folder, 'a.txt'), 'b'),
    name: (folder) => fs.renameSync(path.join(folder, 'a.txt'), path.join(folder, 'd.txt')),
    place: (folder) => fs.renameSync(path.join(folder, 'b/c.txt'), path.join(folder, 'c.txt')),
    permission: (folder) => fs.chmodSync(path.join(folder, 'a.txt'), 0o755),
    more: (folder) => fs.writeFileSync(path.join(folder, '.hidden'), ''),
    link: (folder) => fs.symlinkSync('a.txt', path.join(folder, 'l')),
    'a virtual environment': (folder) => fs.writeFileSync(path.join(folder, 'pyvenv.cfg'), ''),
  };
  for (const [what, change] of Object.entries(changes)) {
    const folder = folderOf(tree);
    change(folder);
    assert.is.not(digestOf(folder), digestOf(one), what);
  }
  fs.utimesSync(path.join(two, 'a.txt'), 1, 1);
  fs.mkdirSync(path.join(two, 'empty'));
  assert.is(digestOf(one), digestOf(two));
});

test('a volume counts links by where they lead, an index by what they lead to', () => {
  const target = folderOf({ 'x.whl': '1' });
  const linked = (text: string, rules = MOUNT_RULES): string | null => {
    fs.writeFileSync(path.join(target, 'x.whl'), text);
    const folder = folderOf({});
    fs.symlinkSync(path.join(target, 'x.whl'), path.join(folder, 'x.whl'));
    return digestOf(folder, rules);
  };
  assert.is(linked('1'), linked('2'));
  assert.is.not(linked('1', INDEX_RULES), linked('2', INDEX_RULES));
  const broken = folderOf({});
  fs.symlinkSync('nowhere', path.join(broken, 'l'));
  assert.type(digestOf(broken, INDEX_RULES), 'string');
});

test('a file counts by its content', () => {
  const folder = folderOf({ 'a.txt': 'a', 'b.txt': 'a', 'c.txt': 'c' });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => digestOf(path.join(folder, `${name}.txt`)));
  assert.is(a, b);
  assert.is.not(a, c);
});

test('what is too much, or no file, has no digest but a reason', () => {
  const reason = (folder: string, most = MOUNT_RULES.most): string => {
    const { digest, reason: why } = readPlace(folder, { follow: false, most });
    assert.is(digest, null);
    return why;
  };
  const two = folderOf({ a: '1', b: '2' });
  assert.is(reason(two, { bytes: 9, files: 1 }), 'it holds more than 1 files');
  const large = folderOf({ a: Buffer.alloc(1024 * 1024 + 1) });
  assert.is(reason(large, { bytes: 1024 * 1024, files: 1 }), 'it holds more than 1 MB');
  const pipe = folderOf({});
  makePipe(path.join(pipe, 'p'));
  assert.is(reason(pipe), 'p is a named pipe');
  assert.is(reason(path.join(pipe, 'nowhere')), 'no such file');
});

test('an index whose page links to a file outside of it is not read', () => {
  const reason = (tree: Readonly<Record<string, string>>, place = ''): string =>
    readPlace(path.join(folderOf(tree), place), INDEX_RULES).reason;
  const index = { 'corp/index.html': '<a href="../files/x.whl">x</a>', 'files/x.whl': '1' };
  assert.is(reason(index), '');
  assert.is(reason(index, 'corp'), 'index.html links to ../files/x.whl, outside the folder');
  assert.is(
    reason(index, 'corp/index.html'),
    'index.html links to ../files/x.whl, and a page is read alone: name the folder',
  );
  assert.type(digestOf(path.join(folderOf(index), 'corp')), 'string');
});

test('a link to a folder that it lies in ends', () => {
  const folder = folderOf({ 'a/b.txt': '' });
  fs.symlinkSync('..', path.join(folder, 'a/up'));
  assert.is(readPlace(folder, INDEX_RULES).reason, 'a/up is a link to a folder that it lies in');
  assert.type(digestOf(folder), 'string');
});

test.run();
