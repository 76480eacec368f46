import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER, makePipe, paths, surveyOf } from '../support/requests';

const test = suite('survey: the files');

test('all of the folder goes in, in one order, less what the rules leave out', () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'Z.txt': '',
    'a/b/c.bin': Buffer.of(0, 255),
    'a.txt': '',
    'übung ✓/$(touch pwned) "x".txt': '',
    '.env.local': 'SECRET=1',
    '.git/config': '',
    'node_modules/x/index.js': '',
    'a/__pycache__/index.cpython-311.pyc': '',
    'stack.other.py': HANDLER,
    'notes/skip.md': '',
    'notes/keep.md': '',
  });
  assert.equal(paths(surveyOf(folder, { exclude: ['notes/*', '!notes/keep.md', 'Z.txt'] })), [
    'a/b/c.bin',
    'a.txt',
    'index.py',
    'notes/keep.md',
    'übung ✓/$(touch pwned) "x".txt',
  ]);
});

test("a CDK app's own sources stay out where they share the folder", () => {
  const tree = { 'index.py': HANDLER, 'stack.ts': '', 'app.js': '', 'web/app.js': '' };
  const plain = folderOf(tree);
  assert.equal(paths(surveyOf(plain)), ['app.js', 'index.py', 'stack.ts', 'web/app.js']);
  const definingFiles = [path.join(plain, 'stack.ts')];
  assert.equal(paths(surveyOf(plain, { definingFiles })), ['index.py', 'web/app.js']);
  assert.equal(paths(surveyOf(folderOf({ ...tree, 'cdk.json': '{}' }))), ['index.py', 'web/app.js']);
});

test('ignored folders are not entered: what is in them does not matter', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'node_modules/a': '', 'data/x': '', '.venv/a': '' });
  for (const ignored of ['node_modules', 'data', '.venv']) {
    makePipe(path.join(folder, ignored, 'pipe'));
    fs.symlinkSync('nowhere', path.join(folder, ignored, 'broken'));
  }
  const { readdirSync } = nodeFs;
  const entered = new Set<unknown>();
  nodeFs.readdirSync = ((...args: Parameters<typeof readdirSync>) => {
    entered.add(args[0]);
    return readdirSync(...args);
  }) as typeof readdirSync;
  try {
    const snapshot = surveyOf(folder, { exclude: ['data/'] });
    assert.equal(snapshot.problems, []);
    assert.equal(paths(snapshot), ['index.py']);
  } finally {
    nodeFs.readdirSync = readdirSync;
  }
  assert.equal([...entered], [folder]);
});

test('virtual environments are known by their pyvenv.cfg, whatever they are called', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'tools/env-3/pyvenv.cfg': '', 'tools/run.py': '' });
  makePipe(path.join(folder, 'tools/env-3/pipe'));
  assert.equal(paths(surveyOf(folder)), ['index.py', 'tools/run.py']);
});

test('a cloud assembly of another run is known by its file cdk.out, whatever its folder is called', () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'out1/cdk.out': '{"version":"55.0.0"}',
    'out1/manifest.json': '{}',
    'out1/asset.1/index.py': HANDLER,
    'out1/assembly-Stage/cdk.out': '{"version":"55.0.0"}',
    'app/cdk.out/asset.1/index.py': HANDLER,
    'app/other.py': '',
    'data/manifest.json': '{}',
  });
  makePipe(path.join(folder, 'out1/pipe'));
  const snapshot = surveyOf(folder);
  assert.equal(snapshot.problems, []);
  assert.equal(paths(snapshot), ['app/other.py', 'data/manifest.json', 'index.py']);
});

test('the output folder is never read, whatever it is called and through whichever link', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'build/out/asset.1/index.py': HANDLER, 'build/x': '' });
  const outputDirectory = path.join(folder, 'build/out');
  assert.equal(paths(surveyOf(folder, { outputDirectory })), ['build/x', 'index.py']);
  const link = path.join(folderOf({}), 'link');
  fs.symlinkSync(folder, link);
  assert.equal(paths(surveyOf(link, { outputDirectory })), ['build/x', 'index.py']);
  assert.equal(paths(surveyOf(folder, { outputDirectory: path.join(link, 'build/out') })), [
    'build/x',
    'index.py',
  ]);
  assert.equal(paths(surveyOf(folder, { outputDirectory: path.join(link, 'not/there/yet') })), [
    'build/out/asset.1/index.py',
    'build/x',
    'index.py',
  ]);
});

test('whether the owner may execute a file is all that counts of its mode', () => {
  const folder = folderOf({ 'index.py': HANDLER, run: '', group: '' });
  fs.chmodSync(path.join(folder, 'run'), 0o700);
  fs.chmodSync(path.join(folder, 'group'), 0o655);
  const executable = (): readonly string[] =>
    surveyOf(folder)
      .files.filter((file) => file.executable)
      .map((file) => file.path);
  assert.equal(executable(), ['run']);
  fs.chmodSync(path.join(folder, 'index.py'), 0o755);
  assert.equal(executable(), ['index.py', 'run']);
});

test('a link inside the folder is its target: a file, a folder, a link to a link', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'data/a.txt': 'a' });
  fs.symlinkSync('data/a.txt', path.join(folder, 'file'));
  fs.symlinkSync('file', path.join(folder, 'again'));
  fs.symlinkSync('data', path.join(folder, 'folder'));
  const snapshot = surveyOf(folder);
  assert.equal(snapshot.problems, []);
  assert.equal(paths(snapshot), ['again', 'data/a.txt', 'file', 'folder/a.txt', 'index.py']);
  assert.is(new Set(snapshot.files.filter(({ size }) => size === 1).map(({ digest }) => digest)).size, 1);
});

test('a link out of the folder is refused, to a file and to a folder, or followed on request', () => {
  const folder = folderOf({ 'fn/index.py': HANDLER, 'shared/a.txt': 'a', 'shared/b/c.txt': 'c' });
  const root = path.join(folder, 'fn');
  fs.symlinkSync('../shared/a.txt', path.join(root, 'file'));
  fs.symlinkSync('../shared', path.join(root, 'folder'));
  assert.equal(surveyOf(root).problems, [
    {
      _tag: 'SymlinkOutsideRoot',
      path: path.join(root, 'file'),
      target: path.join(folder, 'shared/a.txt'),
      root,
    },
    {
      _tag: 'SymlinkOutsideRoot',
      path: path.join(root, 'folder'),
      target: path.join(folder, 'shared'),
      root,
    },
  ]);
  const followed = surveyOf(root, { externalSymlinks: 'follow' });
  assert.equal(followed.problems, []);
  assert.equal(paths(followed), ['file', 'folder/a.txt', 'folder/b/c.txt', 'index.py']);
  assert.equal(surveyOf(root, { exclude: ['file', 'folder'] }).problems, []);
});

test('a link that leads nowhere is a problem, unless its name is ignored', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  const broken = path.join(folder, 'broken');
  fs.symlinkSync('nowhere', broken);
  fs.symlinkSync('/nowhere/at/all', path.join(folder, 'node_modules'));
  assert.equal(surveyOf(folder).problems, [{ _tag: 'BrokenSymlink', path: broken, target: 'nowhere' }]);
  assert.equal(surveyOf(folder, { exclude: ['broken/'] }).problems, []);
});

test('links in a circle are a problem, and end', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'a/x': '', 'b/y': '' });
  fs.symlinkSync('../b', path.join(folder, 'a/to-b'));
  fs.symlinkSync('../a', path.join(folder, 'b/to-a'));
  fs.symlinkSync('self', path.join(folder, 'self'));
  const snapshot = surveyOf(folder);
  const loops = snapshot.problems.filter(({ _tag }) => _tag === 'SymlinkLoop');
  assert.equal(loops, [
    {
      _tag: 'SymlinkLoop',
      path: path.join(folder, 'a/to-b/to-a'),
      target: path.join(folder, 'a'),
    },
    {
      _tag: 'SymlinkLoop',
      path: path.join(folder, 'b/to-a/to-b'),
      target: path.join(folder, 'b'),
    },
  ]);
  assert.equal(
    snapshot.problems.filter(({ _tag }) => _tag !== 'SymlinkLoop'),
    [{ _tag: 'UnreadableFile', path: path.join(folder, 'self'), reason: 'too many symbolic links' }],
  );
  fs.symlinkSync('..', path.join(folder, 'a/up'));
  assert.ok(surveyOf(folder).problems.some((problem) => 'path' in problem && problem.path.endsWith('a/up')));
});

test('what is no file is a problem, and is not read', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  makePipe(path.join(folder, 'pipe'));
  fs.symlinkSync('/dev/null', path.join(folder, 'null'));
  assert.equal(surveyOf(folder, { externalSymlinks: 'follow' }).problems, [
    { _tag: 'UnsupportedFile', path: path.join(folder, 'null'), kind: 'device' },
    { _tag: 'UnsupportedFile', path: path.join(folder, 'pipe'), kind: 'named pipe' },
  ]);
});

test('a name that is no UTF-8 text is told of, not passed over', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  try {
    fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]), '');
  } catch {
    console.log('SKIPPED: this file system takes UTF-8 names only');
    return;
  }
  assert.equal(surveyOf(folder).problems, [
    { _tag: 'UnreadableFile', path: path.join(folder, 'caf\\xe9'), reason: 'its name is not UTF-8' },
  ]);
});

test('the same tree gives the same snapshot in another folder, but for where it lies', () => {
  const tree = { 'index.py': HANDLER, 'b/1': 'x', 'a/2': 'y', c: 'z' };
  const reversed = Object.fromEntries(Object.entries(tree).reverse());
  assert.equal(surveyOf(folderOf(tree)).files, surveyOf(folderOf(reversed)).files);
});

test.run();
