import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReadRequirements } from '../../../src/exec/survey/read-requirements';
import { readRequirementsTree } from '../../../src/exec/survey/read-requirements';
import { sha256 } from '../../../src/plan/values/hash';
import { folderOf, HANDLER, makePipe, surveyOf } from '../support/requests';

const test = suite('requirements');

const read = (folder: string, output = path.join(folder, 'cdk.out')): ReadRequirements =>
  readRequirementsTree(path.join(folder, 'requirements.txt'), output);

const textsOf = (folder: string, { requirements }: ReadRequirements): readonly string[] =>
  requirements?.texts.map(({ file }) => path.relative(folder, file)) ?? [];

test('none is no problem', () => {
  assert.equal(read(folderOf({})), { requirements: null, problems: [] });
});

test('includes and constraints are followed, each file once, relative to the file that includes them', () => {
  const folder = folderOf({
    'requirements.txt': '-r more/a.txt\n--requirement=more/b.txt\n-c limits.txt\nsix\n',
    'more/a.txt': '-rb.txt\n--constraint ../limits.txt\n',
    'more/b.txt': '-r deep/c.txt # a comment\n',
    'more/deep/c.txt': 'idna\n',
    'limits.txt': 'six<2\n',
  });
  const found = read(folder);
  assert.equal(found.problems, []);
  assert.equal(textsOf(folder, found), [
    'requirements.txt',
    'more/a.txt',
    'more/b.txt',
    'more/deep/c.txt',
    'limits.txt',
  ]);
  assert.is(found.requirements?.texts[3]?.text, 'idna\n');
  assert.is(found.requirements?.texts[3]?.digest, sha256('idna\n'));
});

test('includes in a circle are told, and end', () => {
  const folder = folderOf({
    'requirements.txt': '-r a.txt\n',
    'a.txt': '-r requirements.txt\n-r a.txt\nsix\n',
  });
  const found = read(folder);
  const [first, second] = ['requirements.txt', 'a.txt'].map((name) => path.join(folder, name));
  assert.equal(found.problems, [
    { _tag: 'CircularInclude', path: first, file: second, line: 1 },
    { _tag: 'CircularInclude', path: second, file: second, line: 2 },
  ]);
  assert.equal(textsOf(folder, found), ['requirements.txt', 'a.txt']);
});

test('a file from the network is not looked for', () => {
  const found = read(
    folderOf({ 'requirements.txt': '-r https://example.com/r.txt\n-c http://example.com/c\n' }),
  );
  assert.equal(found.problems, []);
});

test('what is missing is told with the file and the line that asks for it, all at once', () => {
  const folder = folderOf({
    'requirements.txt': '# first\nsix \\\n  ==1.16.0\n-r gone.txt\n./lib\n',
    'libs/x.txt': '',
  });
  const file = path.join(folder, 'requirements.txt');
  fs.appendFileSync(file, '-c libs/limits.txt\n-f ./wheels\n');
  assert.equal(read(folder).problems, [
    { _tag: 'IncludeNotFound', path: path.join(folder, 'gone.txt'), file, line: 4 },
    { _tag: 'LocalPackageNotFound', path: path.join(folder, 'lib'), file, line: 5 },
    { _tag: 'IncludeNotFound', path: path.join(folder, 'libs/limits.txt'), file, line: 6 },
    { _tag: 'LocalPackageNotFound', path: path.join(folder, 'wheels'), file, line: 7 },
  ]);
});

test('an included file that cannot be read is a problem of its own', () => {
  const folder = folderOf({ 'requirements.txt': '-r a.txt\n-r b\n-r pipe\n-r circle\n', 'b/x': '' });
  fs.writeFileSync(path.join(folder, 'a.txt'), Buffer.from('six # caf\u00e9\n', 'latin1'));
  makePipe(path.join(folder, 'pipe'));
  fs.symlinkSync('circle', path.join(folder, 'circle'));
  assert.equal(read(folder).problems, [
    { _tag: 'NotUtf8', path: path.join(folder, 'a.txt'), line: 1, looksLike: null },
    { _tag: 'UnreadableFile', path: path.join(folder, 'b'), reason: 'it is a folder' },
    { _tag: 'UnreadableFile', path: path.join(folder, 'pipe'), reason: 'it is a named pipe' },
    { _tag: 'UnreadableFile', path: path.join(folder, 'circle'), reason: 'too many symbolic links' },
  ]);
});

test('text that is not UTF-8 is told with its first such line; UTF-16 is named', () => {
  const folder = folderOf({});
  const file = path.join(folder, 'requirements.txt');
  const problemsOf = (content: Uint8Array) => {
    fs.writeFileSync(file, content);
    return read(folder).problems;
  };
  const line = (number: number) => [{ _tag: 'NotUtf8', path: file, line: number, looksLike: null }];
  const utf16 = [{ _tag: 'NotUtf8', path: file, line: 1, looksLike: 'UTF-16, which PowerShell writes' }];
  assert.equal(problemsOf(Buffer.from('six\r\nidna # caf\u00e9\r\n', 'latin1')), line(2));
  assert.equal(problemsOf(Buffer.from('six\n\n\0idna\n')), line(3));
  assert.equal(problemsOf(Buffer.from('\ufeffsix\r\n', 'utf16le')), utf16);
  assert.equal(problemsOf(Buffer.from('\ufeffsix\r\n', 'utf16le').swap16()), utf16);
  assert.equal(problemsOf(Buffer.from('\ufeffsix # café\n')), []);
  assert.is(read(folder).requirements?.texts[0].text, 'six # café\n', 'without the byte order mark');
});

test('requirements.txt that is there but cannot be read is never taken for none', () => {
  const folder = folderOf({ 'index.py': HANDLER });
  const file = path.join(folder, 'requirements.txt');
  fs.symlinkSync('nowhere.txt', file);
  assert.equal(surveyOf(folder).problems, [{ _tag: 'BrokenSymlink', path: file, target: 'nowhere.txt' }]);
  assert.equal(surveyOf(folder, { exclude: ['requirements.txt'] }).problems, [
    { _tag: 'UnreadableFile', path: file, reason: 'no such file' },
  ]);
  fs.rmSync(file);
  makePipe(file);
  assert.equal(surveyOf(folder).problems, [{ _tag: 'UnsupportedFile', path: file, kind: 'named pipe' }]);
  fs.rmSync(file);
  fs.mkdirSync(file);
  assert.equal(surveyOf(folder).problems, [{ _tag: 'UnreadableFile', path: file, reason: 'it is a folder' }]);
});

test('local packages: their files less what builds leave behind, and their names', () => {
  const folder = folderOf({
    'fn/requirements.txt':
      './libs/x[extra] ; python_version > "3"\n-e ../y\nz @ file:../z\n./dist/w-1.whl\n./libs/x\n',
    'fn/libs/x/pyproject.toml': '[project]\nname = "x-lib"\n',
    'fn/libs/x/x/__init__.py': '',
    'fn/libs/x/build/lib/x/__init__.py': '',
    'fn/libs/x/x_lib.egg-info/PKG-INFO': '',
    'fn/libs/x/.gitignore': '*.log',
    'fn/libs/x/venv/pyvenv.cfg': '',
    'fn/dist/w-1.whl': 'wheel',
    'y/setup.cfg': '[metadata]\nname = y\n',
    'y/y.test.py': '',
    'z/setup.py': "from setuptools import setup\nsetup(name='z')\n",
  });
  const { requirements, problems } = read(path.join(folder, 'fn'));
  assert.equal(problems, []);
  const found = requirements?.localPackages.map(({ files, ...local }) => ({
    ...local,
    path: path.relative(folder, local.path),
    files: files.map((file) => file.path),
  }));
  assert.equal(found, [
    {
      path: 'fn/libs/x',
      kind: 'folder',
      name: 'x-lib',
      files: ['.gitignore', 'pyproject.toml', 'x/__init__.py'],
      pyproject: '[project]\nname = "x-lib"\n',
    },
    { path: 'y', kind: 'folder', name: 'y', files: ['setup.cfg', 'y.test.py'] },
    { path: 'z', kind: 'folder', name: 'z', files: ['setup.py'] },
    { path: 'fn/dist/w-1.whl', kind: 'file', name: null, files: ['w-1.whl'] },
  ]);
});

test('the output folder is no part of a local package', () => {
  const folder = folderOf({
    'requirements.txt': '-e .\n',
    'pyproject.toml': '[project]\nname = "app"\n',
    'out/asset.1/index.py': '',
  });
  const files = read(folder, path.join(folder, 'out')).requirements?.localPackages[0]?.files;
  assert.equal(
    files?.map((file) => file.path),
    ['pyproject.toml', 'requirements.txt'],
  );
});

test('a folder of wheels is read like a package; what is neither file nor folder is a problem', () => {
  const folder = folderOf({ 'requirements.txt': '--find-links wheels\n./pipe\n', 'wheels/a.whl': 'x' });
  makePipe(path.join(folder, 'pipe'));
  const { requirements, problems } = read(folder);
  assert.equal(
    requirements?.localPackages[0]?.files.map((file) => file.path),
    ['a.whl'],
  );
  assert.equal(problems, [{ _tag: 'UnsupportedFile', path: path.join(folder, 'pipe'), kind: 'named pipe' }]);
});

test.run();
