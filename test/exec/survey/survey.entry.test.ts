import * as fs from 'node:fs';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../../src/exec/survey/survey';
import { sha256 } from '../../../src/plan/values/hash';
import { folderOf, HANDLER, makePipe, paths, requestFor, surveyOf } from '../support/requests';

const test = suite('survey: the entry');

const isNothing = {
  entry: null,
  files: [],
  pythonVersion: null,
  requirements: null,
  project: null,
  unused: [],
  problems: [],
};

test('by id: the first candidate beside a defining file that is there', () => {
  const folder = folderOf({ 'b/app.Fn.py': HANDLER, 'c/stack.Fn.py': 'raise Exception\n' });
  const definingFiles = ['a/stack.ts', 'b/app.ts', 'c/stack.ts'].map((file) => path.join(folder, file));
  const snapshot = survey(requestFor('', { entry: { _tag: 'ById', id: 'Fn' }, definingFiles }))();
  assert.equal(snapshot.entry, { root: path.join(folder, 'b'), path: 'app.Fn.py', source: HANDLER });
  assert.equal(snapshot.problems, []);
});

test('by id: a folder of the name is passed over', () => {
  const folder = folderOf({ 'app.Fn.py/index.py': HANDLER });
  const definingFiles = [path.join(folder, 'app.ts')];
  assert.equal(survey(requestFor('', { entry: { _tag: 'ById', id: 'Fn' }, definingFiles }))(), {
    ...isNothing,
    problems: [{ _tag: 'EntryNotFound', tried: [path.join(folder, 'app.Fn.py')], byId: true }],
  });
});

test('by path: a file, with what lies beside it', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'data/a.json': '{}' });
  const snapshot = surveyOf(path.join(folder, 'index.py'));
  assert.equal(snapshot.entry, { root: folder, path: 'index.py', source: HANDLER });
  assert.equal(snapshot.files, [
    {
      path: 'data/a.json',
      executable: false,
      digest: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      size: 2,
    },
    {
      path: 'index.py',
      executable: false,
      digest: sha256(HANDLER),
      size: HANDLER.length,
    },
  ]);
});

test('by path: relative to the defining file', () => {
  const folder = folderOf({ 'lib/stack.ts': '', 'lib/fn/main.py': HANDLER });
  const definingFiles = [path.join(folder, 'lib/stack.ts')];
  const entry = { _tag: 'ByPath', path: './fn/main.py', index: 'index.py' } as const;
  assert.is(survey(requestFor('', { entry, definingFiles }))().entry?.root, path.join(folder, 'lib/fn'));
});

test('by path: a folder and its index, which may lie deeper', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'src/main.py': HANDLER, 'requirements.txt': 'six\n' });
  assert.equal(surveyOf(folder).entry, { root: folder, path: 'index.py', source: HANDLER });
  const entry = { _tag: 'ByPath', path: folder, index: 'src/main.py' } as const;
  const snapshot = survey(requestFor('', { entry }))();
  assert.equal(snapshot.entry, { root: folder, path: 'src/main.py', source: HANDLER });
  assert.equal(paths(snapshot), ['index.py', 'requirements.txt', 'src/main.py']);
});

test('by path: what an index further down needs is said in the folder, else beside it', () => {
  const entry = (folder: string) => ({ _tag: 'ByPath', path: folder, index: 'src/main.py' }) as const;
  const below = { 'src/main.py': HANDLER, 'src/requirements.txt': 'six\n', 'src/.python-version': '3.12\n' };
  const found = (tree: Readonly<Record<string, string>>) => {
    const folder = folderOf({ ...below, ...tree });
    const { requirements, pythonVersion } = survey(requestFor('', { entry: entry(folder) }))();
    return [requirements?.texts[0].file, pythonVersion?.file].map((file) =>
      path.relative(folder, file ?? ''),
    );
  };
  assert.equal(found({}), ['src/requirements.txt', 'src/.python-version']);
  assert.equal(found({ 'requirements.txt': 'idna\n' }), ['requirements.txt', 'src/.python-version']);
  assert.equal(found({ '.python-version': '3.13\n' }), ['src/requirements.txt', '.python-version']);
});

test('by path: a folder without its index, or with one that is no file of it', () => {
  const folder = folderOf({ 'a/other.py': HANDLER, 'b.py': HANDLER, 'a/index.py/x.py': HANDLER });
  const root = path.join(folder, 'a');
  const problemsOf = (index: string) =>
    survey(requestFor('', { entry: { _tag: 'ByPath', path: root, index } }))().problems;
  assert.equal(problemsOf('main.py'), [
    {
      _tag: 'EntryNotFound',
      tried: [path.join(root, 'main.py')],
      byId: false,
      nearby: [path.join(root, 'other.py')],
      isIndex: true,
    },
  ]);
  assert.equal(problemsOf('other.py/main.py'), [
    { _tag: 'EntryNotFound', tried: [path.join(root, 'other.py/main.py')], byId: false },
  ]);
  assert.equal(problemsOf('../b.py'), [{ _tag: 'EntryOutsideRoot', path: path.join(folder, 'b.py'), root }]);
  assert.equal(problemsOf('index.py'), [
    { _tag: 'EntryNotAFile', path: path.join(root, 'index.py'), kind: 'folder' },
  ]);
  assert.equal(problemsOf('/dev/null'), [{ _tag: 'EntryOutsideRoot', path: '/dev/null', root }]);
});

test('what is below a file is not there', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  for (const name of ['missing.py', 'index.py/missing.py']) {
    const file = path.join(folder, name);
    assert.equal(surveyOf(file), {
      ...isNothing,
      problems: [{ _tag: 'EntryNotFound', tried: [file], byId: false }],
    });
  }
});

test('a device, a named pipe and a socket are told apart, and none is read', async () => {
  assert.equal(surveyOf('/dev/null').problems, [
    { _tag: 'EntryNotAFile', path: '/dev/null', kind: 'device' },
  ]);
  const folder = folderOf({});
  const pipe = path.join(folder, 'pipe.py');
  makePipe(pipe);
  assert.equal(surveyOf(pipe).problems, [{ _tag: 'EntryNotAFile', path: pipe, kind: 'named pipe' }]);
  const socket = path.join(folder, 'socket.py');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  assert.equal(surveyOf(socket).problems, [{ _tag: 'EntryNotAFile', path: socket, kind: 'socket' }]);
  await new Promise((resolve) => server.close(resolve));
});

test('a file that is no Python', () => {
  const folder = folderOf({ 'index.js': '' });
  const file = path.join(folder, 'index.js');
  assert.equal(surveyOf(file).problems, [{ _tag: 'EntryNotPython', path: file }]);
});

test('what cannot be looked at: a name that is too long, links in a circle, a NUL', () => {
  const folder = folderOf({});
  const long = path.join(folder, `${'x'.repeat(300)}.py`);
  assert.equal(surveyOf(long).problems, [
    { _tag: 'UnreadableFile', path: long, reason: 'the path is too long' },
  ]);
  const circle = path.join(folder, 'circle.py');
  fs.symlinkSync('circle.py', circle);
  assert.equal(surveyOf(circle).problems, [
    { _tag: 'UnreadableFile', path: circle, reason: 'too many symbolic links' },
  ]);
  assert.is(surveyOf(path.join(folder, 'a\0.py')).problems.length, 1);
});

test('an entry that is a link to a file outside is refused, or followed on request', () => {
  const folder = folderOf({ 'shared/real.py': HANDLER, 'fn/data.txt': 'x' });
  const link = path.join(folder, 'fn/index.py');
  fs.symlinkSync('../shared/real.py', link);
  assert.equal(surveyOf(link).problems, [
    {
      _tag: 'SymlinkOutsideRoot',
      path: link,
      target: path.join(folder, 'shared/real.py'),
      root: path.join(folder, 'fn'),
    },
  ]);
  const followed = surveyOf(link, { externalSymlinks: 'follow' });
  assert.equal(followed.problems, []);
  assert.equal(followed.entry, { root: path.join(folder, 'fn'), path: 'index.py', source: HANDLER });
});

test('an entry goes in whatever the rules say of its name or its folder, and only it', () => {
  const folder = folderOf({
    'stack.my.py': HANDLER,
    'stack.other.py': HANDLER,
    'build/main.py': HANDLER,
    'build/x.py': '',
    'venv/pyvenv.cfg': '',
    'venv/main.py': HANDLER,
  });
  assert.equal(paths(surveyOf(path.join(folder, 'stack.my.py'))), [
    'build/main.py',
    'build/x.py',
    'stack.my.py',
  ]);
  const inFolder = (index: string, exclude: readonly string[]) =>
    paths(survey(requestFor('', { entry: { _tag: 'ByPath', path: folder, index }, exclude }))());
  assert.equal(inFolder('build/main.py', ['build/']), ['build/main.py']);
  assert.equal(inFolder('venv/main.py', []), ['build/main.py', 'build/x.py', 'venv/main.py']);
});

test('an entry that the rules leave out is refused all the same where it is a link to outside', () => {
  const folder = folderOf({ 'shared/real.py': HANDLER, 'fn/build/x': '' });
  const root = path.join(folder, 'fn');
  for (const index of ['stack.my.py', 'build/main.py']) {
    const link = path.join(root, index);
    fs.symlinkSync(path.join(folder, 'shared/real.py'), link);
    const entry = { _tag: 'ByPath', path: root, index } as const;
    const found = (externalSymlinks: 'refuse' | 'follow') =>
      survey(requestFor('', { entry, exclude: ['build/'], externalSymlinks }))();
    assert.equal(found('refuse').problems, [
      { _tag: 'SymlinkOutsideRoot', path: link, target: path.join(folder, 'shared/real.py'), root },
    ]);
    assert.equal(found('follow').problems, []);
    assert.equal(paths(found('follow')), [index]);
    fs.rmSync(link);
  }
});

test('a byte order mark is no part of the source', () => {
  const folder = folderOf({ 'index.py': `\ufeff${HANDLER}` });
  assert.is(surveyOf(folder).entry?.source, HANDLER);
});

test('.python-version counts beside the entry or further up in the app; one that is no UTF-8 text is a problem', () => {
  const folder = folderOf({ '.python-version': '3.12\n', 'fn/index.py': HANDLER, 'index.py': HANDLER });
  const file = path.join(folder, '.python-version');
  assert.equal(surveyOf(folder).pythonVersion, { file, text: '3.12\n' });
  const inner = path.join(folder, 'fn');
  const from = (definedIn: string) => surveyOf(inner, { definingFiles: [path.join(folder, definedIn)] });
  assert.equal(from('stack.ts').pythonVersion, { file, text: '3.12\n' });
  assert.is(from('fn/stack.ts').pythonVersion, null);
  fs.writeFileSync(file, Buffer.from('\ufeff3.12\n', 'utf16le'));
  assert.equal(surveyOf(folder).problems, [
    { _tag: 'NotUtf8', path: file, line: 1, looksLike: 'UTF-16, which PowerShell writes' },
  ]);
  fs.rmSync(file);
  fs.symlinkSync('nowhere', file);
  assert.equal(surveyOf(folder, { exclude: ['.python-version'] }).problems, [
    { _tag: 'UnreadableFile', path: file, reason: 'no such file' },
  ]);
  fs.rmSync(file);
  fs.mkdirSync(file);
  assert.equal(surveyOf(folder).problems, [{ _tag: 'UnreadableFile', path: file, reason: 'it is a folder' }]);
});

test.run();
