import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mergeBeside } from '../../../src/exec/host/merge-beside';
import { exchangeFiles } from '../../../src/exec/install/set-aside';
import { shipInput } from '../../../src/exec/install/ship-input';
import { wholeObstacle } from '../../../src/exec/bundle/shadowed-in-whole';
import { WHOLE_SCRIPT_NAME, wholeScript } from '../../../src/exec/scripts/whole-script';
import { findPython } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { folderOf } from '../support/requests';

const test = suite('whole builds: this machine and the script of a container do the same');

/** Every Python that a build image has is close to one of these. */
const PYTHONS = ['3.7', '3.9', '3.13'].map(findPython).filter((python) => python !== undefined);

/** Calls a function of the script; what it prints is JSON. */
const call = (python: string, code: string, ...args: readonly unknown[]): unknown => {
  const folder = folderOf({ [WHOLE_SCRIPT_NAME]: wholeScript() });
  const { status, stdout, stderr } = spawnSync(
    python,
    [
      '-c',
      `import json, sys; from whole_build import *; args = json.loads(sys.argv[1]); ${code}`,
      JSON.stringify(args),
    ],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], PYTHONPATH: folder, PYTHONIOENCODING: 'utf-8' } },
  );
  assert.is(status, 0, stderr);
  return stdout === '' ? undefined : JSON.parse(stdout);
};

const both = (
  tree: () => string,
  here: (from: string, into: string) => unknown,
  code: string,
  ...more: readonly unknown[]
) =>
  [
    (from: string, into: string) => here(from, into),
    ...PYTHONS.map((python) => (from: string, into: string) => call(python, code, from, into, ...more)),
  ].map((make) => {
    const [from, into] = [tree(), temporaryFolder()];
    writeTree(into, { 'there/x.py': 'old', file: 'old' });
    return { answer: make(from, into) ?? null, tree: listTree(into) };
  });

test('modules go where there is a place, and those that have none are told', () => {
  const modules = (): string =>
    folderOf({
      'a.py': '',
      'there/x.py': 'new',
      'there/y.py': 'new',
      'file/inside/z.py': '',
      'file/b.py': '',
      'deep/er/c é.py': '',
      there2: '',
    });
  const [first, ...others] = both(
    modules,
    mergeBeside,
    'taken = []; merge_beside(args[0], args[1], "", False, taken); print(json.dumps(sorted(taken)))',
  );
  assert.equal(first?.answer, ['file/b.py', 'file/inside/z.py', 'there/x.py']);
  assert.equal(
    first?.tree.map((file) => file.path),
    ['a.py', 'deep/er/c é.py', 'file', 'there/x.py', 'there/y.py', 'there2'],
  );
  for (const other of others) assert.equal(other, first);
});

test('byte code that came with a module, and would run in place of the entry, stays behind', () => {
  for (const python of PYTHONS) {
    const modules = folderOf({
      'a.py': '',
      '__pycache__/index.cpython-311.pyc': '',
      'b/__pycache__/c.pyc': '',
      'b/c.py': '',
    });
    call(python, 'tidy(args[0])', modules);
    assert.equal(
      listTree(modules).map((file) => file.path),
      ['a.py', 'b/c.py'],
    );
  }
});

test('a file where a folder is', () => {
  const [first, ...others] = both(
    () => folderOf({ there: 'a module' }),
    mergeBeside,
    'taken = []; merge_beside(args[0], args[1], "", False, taken); print(json.dumps(taken))',
  );
  assert.equal(first?.answer, ['there']);
  for (const other of others) assert.equal(other, first);
});

test('sources and what was made ship, as what links point to; inputs of the installer do not', () => {
  const layout = {
    files: ['requirements.txt', 'libs/x/setup.py'],
    folders: ['libs/x'],
    sources: ['index.py', 'libs/x/x.py'],
    generated: [],
  };
  const input = (): string => {
    const folder = folderOf({
      'index.py': '',
      'requirements.txt': '',
      'libs/x/setup.py': '',
      'libs/x/x.py': '',
      'libs/x/made.py': '',
      'libs/made.py': '',
      'gen/a b.py': '',
      'run.sh': '',
    });
    fs.chmodSync(path.join(folder, 'run.sh'), 0o755);
    fs.symlinkSync('gen', path.join(folder, 'linked'));
    fs.symlinkSync('..', path.join(folder, 'gen/loop'));
    fs.symlinkSync('nowhere', path.join(folder, 'broken'));
    return folder;
  };
  const [first, ...others] = both(
    input,
    (from, into) => shipInput(from, into, layout),
    'ship(args[0], args[1], args[2])',
    layout,
  );
  assert.equal(
    first?.tree.map(({ path: file, mode }) => `${mode} ${file}`),
    [
      '644 file',
      '644 gen/a b.py',
      '644 index.py',
      '644 libs/made.py',
      '644 libs/x/x.py',
      '644 linked/a b.py',
      '755 run.sh',
      '644 there/x.py',
    ],
  );
  for (const other of others) assert.equal(other, first);
});

test('what is written for installers changes places with files of the user at the same paths', () => {
  const paths = ['locked.txt', 'set/uv.toml', 'nowhere.txt', 'kept.txt', 'deep/er/x.toml'];
  const exchanges = [
    exchangeFiles,
    ...PYTHONS.map(
      (python) => (input: string, aside: string) =>
        void call(python, 'exchange(args[0], args[1], args[2])', input, aside, paths),
    ),
  ];
  const textsIn = (folder: string): readonly string[] =>
    listTree(folder).map(({ path: file }) => `${file}: ${fs.readFileSync(path.join(folder, file), 'utf8')}`);
  for (const exchange of exchanges) {
    const input = folderOf({
      'index.py': '1',
      'locked.txt': 'ours',
      'set/uv.toml': 'ours',
      'deep/er/x.toml': 'ours',
      'deep/y': '1',
    });
    const aside = folderOf({ 'locked.txt': 'theirs', 'kept.txt': 'theirs' });
    const before = [textsIn(input), textsIn(aside)];
    exchange(input, aside, paths);
    assert.equal(textsIn(input), ['deep/y: 1', 'index.py: 1', 'kept.txt: theirs', 'locked.txt: theirs']);
    assert.equal(fs.readdirSync(input).sort(), ['deep', 'index.py', 'kept.txt', 'locked.txt']);
    assert.equal(fs.readdirSync(path.join(input, 'deep')), ['y']);
    exchange(input, aside, paths);
    assert.equal([textsIn(input), textsIn(aside)], before);
    // A command may have made one of them meanwhile.
    exchange(input, aside, paths);
    fs.writeFileSync(path.join(input, 'nowhere.txt'), 'made');
    exchange(input, aside, paths);
    assert.ok(!fs.existsSync(path.join(input, 'nowhere.txt')));
    exchange(input, aside, paths);
    assert.is(fs.readFileSync(path.join(input, 'nowhere.txt'), 'utf8'), 'made');
  }
});

test('what stands in the way of an entry', () => {
  const obstacle = (entry: string | null, ...files: readonly string[]): unknown =>
    wholeObstacle({ entry: { path: entry, file: '/app/x.py', root: '/app' } }, new Set(files), () => 'six-1');
  assert.is(
    obstacle('x.py', 'x.py', 'x/y.py', 'x.pyi', 'x.txt', 'xy/__init__.py', 'a/x.so', 'x.pyd'),
    undefined,
  );
  assert.is(obstacle(null), undefined);
  assert.equal(obstacle('x.py', 'y.py'), { _tag: 'EntryGone', path: 'x.py', source: '/app/x.py' });
  for (const file of [
    'x/__init__.py',
    'x/__init__.pyc',
    'x/__init__.abi3.so',
    'x.so',
    'x.cpython-311-x86_64-linux-gnu.so',
  ]) {
    assert.equal(obstacle('x.py', 'x.py', file), {
      _tag: 'ShadowedHandler',
      module: 'x',
      path: file,
      distribution: 'six-1',
    });
  }
  assert.is((obstacle('a/x.py', 'a/x.py', 'a/x/__init__.py') as { module: string }).module, 'a.x');
});

test.run();
