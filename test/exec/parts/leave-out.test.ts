import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leaveOut } from '../../../src/exec/parts/leave-out';
import { listFiles } from '../../../src/exec/parts/make-part';
import { installedDistributions } from '../../../src/exec/distributions/recorded-files';
import { removeUnused } from '../../../src/exec/distributions/unused-bytecode';
import type { LeftOut } from '../../../src/plan/model/install-plan';
import { listTree, writeTree } from '../../support/temporary';
import { folderOf } from '../support/requests';

const test = suite('leaving out modules');

const pathsIn = (folder: string): readonly string[] => listTree(folder).map((file) => file.path);

/** The metadata of a distribution, as an installer leaves it. */
const metadata = (
  name: string,
  files: readonly string[],
  needs: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const folder = `${name}-1.dist-info`;
  const requires = needs.map((need) => `Requires-Dist: ${need}\n`).join('');
  return {
    [`${folder}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n${requires}`,
    [`${folder}/RECORD`]: [...files, `${folder}/METADATA`, `${folder}/RECORD`]
      .map((file) => `${file},,\n`)
      .join(''),
  };
};

const leave = (
  tree: string,
  leftOut: Partial<LeftOut>,
  taken: readonly string[] = [],
): ReturnType<typeof leaveOut> =>
  leaveOut(
    {
      tree,
      distributions: installedDistributions(tree),
      files: () => listFiles(tree).map((file) => file.path),
      taken,
    },
    { omit: [], requested: [], exclude: [], ...leftOut },
  );

test('files as RECORD lists them, the metadata, and folders that are empty then', () => {
  const tree = folderOf({
    'a/x/y.py': '',
    'a/z.py': '',
    'a/mine.py': '',
    'b/b.py': '',
    ...metadata('A', ['a/x/y.py', 'a/z.py'], ['B']),
    'A-1.dist-info/INSTALLER': 'pip',
    ...metadata('b', ['b/b.py']),
  });
  const isGone = leave(tree, { omit: ['a'] });
  assert.equal(pathsIn(tree), ['a/mine.py']);
  assert.equal(fs.readdirSync(tree), ['a']);
  assert.equal(['a/z.py', 'A-1.dist-info/METADATA', 'b/b.py', 'a/mine.py'].map(isGone), [
    true,
    true,
    true,
    false,
  ]);
});

test('a file that two distributions list stays for the other one', () => {
  const tree = folderOf({
    'ns/__init__.py': '',
    'ns/a.py': '',
    'ns/b.py': '',
    ...metadata('a', ['ns/__init__.py', 'ns/a.py']),
    ...metadata('b', ['ns/__init__.py', 'ns/b.py']),
  });
  leave(tree, { omit: ['a'] });
  assert.equal(
    pathsIn(tree).filter((file) => !file.startsWith('b-1')),
    ['ns/__init__.py', 'ns/b.py'],
  );
});

test('a RECORD that leaves the tree takes nothing of what is outside', () => {
  const parent = folderOf({ 'outside.py': '', 'elsewhere/x.py': '' });
  const tree = path.join(parent, 'tree');
  const outside = path.join(parent, 'outside.py');
  writeTree(tree, {
    'a.py': '',
    ...metadata('a', ['a.py', 'x/../../outside.py', outside, 'link/x.py', '.']),
  });
  fs.symlinkSync('../elsewhere', path.join(tree, 'link'));
  assert.equal(
    installedDistributions(tree).map(({ files }) => files),
    [['a.py', 'link/x.py', '.', 'a-1.dist-info/METADATA', 'a-1.dist-info/RECORD']],
  );
  leave(tree, { omit: ['a'] });
  assert.equal(fs.readdirSync(tree), ['link']);
  assert.equal(pathsIn(parent), ['elsewhere/x.py', 'outside.py', 'tree/link']);
});

test('what is not installed, and what has no RECORD', () => {
  const files = { 'a.py': '', 'a-1.dist-info/METADATA': 'Name: a\n' };
  const tree = folderOf(files);
  leave(tree, { omit: ['b'] });
  assert.equal(pathsIn(tree), ['a-1.dist-info/METADATA', 'a.py']);
});

test('RECORD does not list what patterns have taken out', () => {
  const tree = folderOf({ 'a.py': '', 'tests/t.py': '', ...metadata('a', ['a.py', 'tests/t.py']) });
  leave(tree, { exclude: ['tests/', '*.dist-info'] });
  assert.equal(pathsIn(tree), ['a-1.dist-info/METADATA', 'a-1.dist-info/RECORD', 'a.py']);
  assert.is(
    fs.readFileSync(path.join(tree, 'a-1.dist-info/RECORD'), 'utf8'),
    'a-1.dist-info/METADATA,,\na-1.dist-info/RECORD,,\na.py,,\n',
  );
});

test("a file of the user's in a module's place stays", () => {
  const tree = folderOf({ 'a.py': 'mine', 'b.py': '', ...metadata('a', ['a.py', 'b.py']) });
  leave(tree, { omit: ['a'] }, ['a.py']);
  assert.equal(pathsIn(tree), ['a.py']);
});

test('byte code without its source goes, and so does what is there already; else none', () => {
  const pyc = ['a', 'gone', 'own'].map((name) => `p/__pycache__/${name}.cpython-311.pyc`);
  const made = (): string => folderOf(Object.fromEntries(pyc.map((file) => [file, ''])));
  const tree = folderOf({ 'p/a.py': '', 'p/own.py': '', 'p/__pycache__/own.cpython-311.pyc': 'mine' });
  const left = (leftOut: Partial<LeftOut>, isWhole: boolean): readonly string[] => {
    const bytecode = made();
    removeUnused(bytecode, tree, { leftOut: { omit: [], requested: [], exclude: [], ...leftOut }, isWhole });
    return pathsIn(bytecode);
  };
  assert.equal(left({}, false), pyc);
  assert.equal(left({}, true), [pyc[0]]);
  assert.equal(left({ omit: ['a'] }, false), [pyc[0]]);
  assert.equal(left({ exclude: ['a'] }, false), [pyc[0]]);
});

test.run();
