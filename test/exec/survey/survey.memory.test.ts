import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../../src/exec/survey/survey';
import { surveyMemory } from '../../../src/exec/survey/survey-memory';
import { DECLARATION_FILES } from '../../../src/plan/request/declaration-files';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { diskReadsOf, filesRead } from '../support/disk-reads';
import { folderOf, HANDLER, makePipe, paths, requestFor } from '../support/requests';

const test = suite('survey: what an app has read already');

const numbers = Array.from({ length: 10 }, (_, index) => index);

/** The paths, relative to a folder, each with how often it is there. */
const counted = (folder: string, files: readonly string[]): Readonly<Record<string, number>> => {
  const relative = files.map((file) => path.relative(folder, file)).sort();
  return Object.fromEntries(
    relative.map((file) => [file, relative.filter((other) => other === file).length]),
  );
};

test('functions that share a root have it walked once, and no other entry read than each its own', () => {
  const folder = folderOf({
    ...Object.fromEntries(numbers.map((n) => [`stack.f${n}.py`, HANDLER])),
    'shared/a.py': 'a',
    'b.txt': 'b',
  });
  const memory = surveyMemory();
  const ask = (n: number) => survey(requestFor(path.join(folder, `stack.f${n}.py`)), memory)();
  const first = diskReadsOf(() => ask(0));
  assert.equal(counted(folder, first.readdirSync), { '': 1, shared: 1 });
  assert.equal(counted(folder, filesRead(first)), { 'b.txt': 1, 'shared/a.py': 1, 'stack.f0.py': 1 });
  const rest = diskReadsOf(() => numbers.slice(1).forEach(ask));
  assert.equal(rest.readdirSync, []);
  assert.equal(
    filesRead(rest),
    numbers.slice(1).map((n) => path.join(folder, `stack.f${n}.py`)),
  );
  assert.equal(paths(ask(7)), ['b.txt', 'shared/a.py', 'stack.f7.py']);
});

test('a file that an app makes or removes for its next function is noticed', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'inner/a.txt': '' });
  const memory = surveyMemory();
  const ask = () => paths(survey(requestFor(path.join(folder, 'index.py')), memory)());
  assert.equal(ask(), ['index.py', 'inner/a.txt']);
  // A file system's clock may tick slower than this test runs.
  fs.utimesSync(path.join(folder, 'inner'), 1, 1);
  assert.equal(ask(), ['index.py', 'inner/a.txt']);
  fs.writeFileSync(path.join(folder, 'inner/generated.txt'), '');
  assert.equal(ask(), ['index.py', 'inner/a.txt', 'inner/generated.txt']);
  fs.utimesSync(path.join(folder, 'inner'), 2, 2);
  ask();
  fs.rmSync(path.join(folder, 'inner/a.txt'));
  assert.equal(ask(), ['index.py', 'inner/generated.txt']);
});

test('the same answers as without a memory', () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'a.b.py': HANDLER,
    '.python-version': '3.12',
    'x.txt': 'x',
  });
  fs.writeFileSync(path.join(folder, 'requirements.txt'), '-r more.txt\n-r gone.txt\n');
  fs.writeFileSync(path.join(folder, 'more.txt'), Buffer.from('caf\u00e9', 'latin1'));
  fs.symlinkSync('nowhere', path.join(folder, 'broken'));
  const memory = surveyMemory();
  for (const entry of ['index.py', 'a.b.py', 'index.py', 'gone.py', 'x.txt', 'a.b.py']) {
    const request = requestFor(path.join(folder, entry));
    assert.equal(survey(request, memory)(), survey(request)(), entry);
  }
});

test('functions with other rules share no walk', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'a.ts': '', 'b.txt': '', 'out/c': '', 'outside.txt': '' });
  const root = path.join(folder, 'root');
  fs.mkdirSync(root);
  for (const name of ['index.py', 'a.ts', 'b.txt', 'out']) {
    fs.renameSync(path.join(folder, name), path.join(root, name));
  }
  fs.symlinkSync('../outside.txt', path.join(root, 'link'));
  const memory = surveyMemory();
  const found = (changes: Partial<BundleRequest>): readonly string[] => {
    const request = requestFor(path.join(root, 'index.py'), changes);
    assert.equal(survey(request, memory)(), survey(request)());
    return paths(survey(request, memory)());
  };
  const outputDirectory = path.join(root, 'out');
  const everything = ['a.ts', 'b.txt', 'index.py', 'out/c'];
  assert.equal(found({}), everything);
  assert.equal(found({ exclude: ['b.*'] }), ['a.ts', 'index.py', 'out/c']);
  assert.equal(found({ exclude: ['*.txt', 'out'] }), ['a.ts', 'index.py']);
  assert.equal(found({ definingFiles: [path.join(root, 'stack.ts')] }), ['b.txt', 'index.py', 'out/c']);
  assert.equal(found({ externalSymlinks: 'follow' }), ['a.ts', 'b.txt', 'index.py', 'link', 'out/c']);
  assert.equal(found({ outputDirectory }), ['a.ts', 'b.txt', 'index.py']);
  assert.equal(found({}), everything);
});

test('requirements, what they include and local packages are read once for all that name them', () => {
  const folder = folderOf({
    ...Object.fromEntries(
      numbers.flatMap((n) => [
        [`f${n}/index.py`, HANDLER],
        [`f${n}/other.py`, HANDLER],
        [`f${n}/requirements.txt`, `-r ../base.txt\n../lib\n../w.whl\nsix==1.${n}\n`],
      ]),
    ),
    'base.txt': 'idna\n',
    'lib/pyproject.toml': '[project]\nname = "lib"\n',
    'lib/lib/__init__.py': '',
    'w.whl': 'wheel',
  });
  const memory = surveyMemory();
  const outputDirectory = path.join(folder, 'cdk.out');
  const reads = diskReadsOf(() => {
    for (const entry of ['index.py', 'other.py', 'index.py']) {
      for (const n of numbers) {
        survey(requestFor(path.join(folder, `f${n}`, entry), { outputDirectory }), memory)();
      }
    }
  });
  const shared = filesRead(reads).filter((file) => !/[\\/]f\d[\\/]/.test(file));
  assert.equal(counted(folder, shared), {
    'base.txt': 1,
    'lib/lib/__init__.py': 1,
    // For its digest, and for the name in it.
    'lib/pyproject.toml': 2,
    'w.whl': 1,
  });
  const own = filesRead(reads).filter((file) => /[\\/]f3[\\/]/.test(file));
  // Each for its digest, and for its text.
  assert.equal(counted(folder, own), { 'f3/index.py': 2, 'f3/other.py': 2, 'f3/requirements.txt': 2 });
  assert.is(reads.readdirSync.length, numbers.length + 2);
});

test('the output folder is left out of a local package for each output', () => {
  const folder = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': '../lib\n',
    'lib/setup.py': '',
    'lib/out/x': '',
  });
  const memory = surveyMemory();
  const files = (output: string) =>
    survey(
      requestFor(path.join(folder, 'fn'), { outputDirectory: path.join(folder, output) }),
      memory,
    )().requirements?.localPackages[0]?.files.map((file) => file.path);
  assert.equal(files('cdk.out'), ['out/x', 'setup.py']);
  assert.equal(files('lib/out'), ['setup.py']);
});

test('another memory looks at the disk anew', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n' });
  const memory = surveyMemory();
  const ask = (used = memory) => survey(requestFor(folder), used)();
  const before = ask();
  fs.writeFileSync(path.join(folder, 'index.py'), 'x = 1\n');
  fs.writeFileSync(path.join(folder, 'requirements.txt'), 'idna\n');
  assert.equal(ask(), before);
  const after = ask(surveyMemory());
  assert.is(after.entry?.source, 'x = 1\n');
  assert.is(after.requirements?.texts[0].text, 'idna\n');
});

test('functions in many folders of an app share what declares their dependencies', () => {
  const folder = folderOf({
    'uv.lock': 'version = 1\n\n[[package]]\nname = "app"\nsource = { virtual = "." }\n',
    'pyproject.toml': '[project]\nname = "app"\ndependencies = ["idna"]\n',
    ...Object.fromEntries(numbers.map((n) => [`f${n}/index.py`, `import idna\n${HANDLER}`])),
  });
  const memory = surveyMemory();
  const ask = (n: number) => survey(requestFor(path.join(folder, `f${n}`)), memory)();
  const first = ask(0).project;
  assert.is(first?.source.file, path.join(folder, 'uv.lock'));
  assert.ok(numbers.every((n) => ask(n).project === first));
});

test('members of a workspace share its lock, and have each their own manifest', () => {
  const member = (n: number) => `[[package]]\nname = "f${n}"\nsource = { virtual = "f${n}" }\n`;
  const folder = folderOf({
    '.git/HEAD': '',
    'uv.lock': `version = 1\n\n${numbers.map(member).join('\n')}`,
    ...Object.fromEntries(numbers.map((n) => [`f${n}/index.py`, HANDLER])),
    ...Object.fromEntries(numbers.map((n) => [`f${n}/pyproject.toml`, `[project]\nname = "f${n}"\n`])),
  });
  const memory = surveyMemory();
  const ask = (n: number) => survey(requestFor(path.join(folder, `f${n}`)), memory)().project;
  const [first, second] = [ask(1), ask(2)];
  assert.is(first?.source, second?.source);
  assert.is(first?.source.file, path.join(folder, 'uv.lock'));
  assert.is(second?.manifest?.file, path.join(folder, 'f2/pyproject.toml'));
});

test('what is ignored is neither opened nor looked at, and its folders are not listed', () => {
  const folder = folderOf({
    'index.py': HANDLER,
    '.env.local': 'SECRET=1',
    'stack.other.py': HANDLER,
    'x.pyc': '',
    'node_modules/a/b.js': '',
    'data/big.bin': '',
    'pkg/__pycache__/m.pyc': '',
    'pkg/m.py': '',
  });
  makePipe(path.join(folder, 'data/pipe'));
  fs.symlinkSync('x.pyc', path.join(folder, 'y.pyc'));
  const reads = diskReadsOf(() => survey(requestFor(folder, { exclude: ['data/'] }))());
  const touched = [...filesRead(reads), ...reads.readdirSync, ...reads.lstatSync, ...reads.statSync];
  const own = new Set(touched.map((file) => path.relative(folder, file)));
  // What declares dependencies is looked for by name, here and further up.
  const lookedFor = [
    ...Object.keys(DECLARATION_FILES),
    '.python-version',
    '.git',
    '.hg',
    'cdk.json',
    'package.json',
  ];
  for (const file of own) if (lookedFor.includes(path.basename(file))) own.delete(file);
  assert.equal([...own].sort(), ['', 'index.py', 'pkg', 'pkg/m.py']);
  assert.equal(counted(folder, reads.readdirSync), { '': 1, pkg: 1 });
});

test.run();
