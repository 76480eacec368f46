import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { settleBundles } from '../../src/exec/batch/settle';
import { liveStore } from '../../src/exec/batch/live-store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { invoke } from '../support/invoke';
import { elfFor } from '../support/native';
import { environmentWith, findPython } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { counter, WHOLE_ANSWER, WHOLE_HOOKS, WHOLE_TREE } from '../support/whole-scenario';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';
import { bundled, hooked, pathsIn, run } from './support/whole-builds';

const test = suite('whole builds on this machine');

for (const tool of ['uv', 'pip'] as const) {
  test(`with ${tool}: what a hook makes is imported, what the other one does is there`, async () => {
    const python = findPython('3.11');
    const plan = planOf(folderOf(WHOLE_TREE), {
      hooks: WHOLE_HOOKS,
      bytecode: python === undefined ? 'off' : 'require',
    });
    const environment = { ...environmentWith({ [tool]: true }), PATH: withPython(tool, python) };
    const cache = temporaryFolder();
    const folder = await bundled(plan, { ...environment, CDK_LAMBDA_PYTHON_CACHE: cache });
    // Of the entry it is looked up whether it is a program still; nothing else is compiled a second time.
    const compiled = path.join(cache, 'v4/pyc');
    assert.equal(fs.existsSync(compiled) ? listTree(compiled).length : 0, python === undefined ? 0 : 1);
    assert.equal(
      pathsIn(folder).filter((file) => file.includes('__pycache__') && !file.startsWith('idna/')),
      python === undefined
        ? []
        : ['generated', 'index', 'six'].map((name) => `__pycache__/${name}.cpython-311.pyc`),
    );
    if (python === undefined) return;
    assert.equal(await invoke(folder, 'index.lambda_handler', {}, { python }), {
      ok: true,
      payload: WHOLE_ANSWER,
    });
  });
}

const withPython = (tool: 'uv' | 'pip', python: string | undefined): string =>
  [environmentWith({ [tool]: true }).PATH, ...(python === undefined ? [] : [path.dirname(python)])].join(':');

test('commands without requirements need no installer', async () => {
  const plan = hooked({ 'a.txt': 'a' }, { before: ['echo b > b.txt'], after: ['cp a.txt c.txt'] });
  const folder = await bundled(plan, environmentWith({}));
  assert.equal(pathsIn(folder), ['a.txt', 'b.txt', 'c.txt', 'index.py']);
  assert.is(plan.install?.host.tools.length, 0);
});

test('native code of the entry is looked at as commands leave it', async () => {
  const tree = { 'lib/libz.so': elfFor('aarch64'), 'new.so': elfFor('x86_64') };
  const left = await run(hooked(tree, { after: ['rm new.so'] }), environmentWith({}));
  assert.equal(left, {
    _tag: 'Failed',
    error: {
      _tag: 'WrongBinary',
      path: 'lib/libz.so',
      distribution: 'the entry',
      needs: 'aarch64',
      target: 'Python 3.11 on x86_64 (glibc 2.26)',
    },
  });
  const built = hooked(tree, { before: ['mv new.so lib/libz.so'] });
  assert.equal(pathsIn(await bundled(built, environmentWith({}))), ['index.py', 'lib/libz.so']);
});

test('a plain shell does where there is no bash', async () => {
  const tools = environmentWith({});
  const bin = temporaryFolder();
  for (const name of ['sh', 'cat', 'cp', 'node'])
    fs.symlinkSync(fs.realpathSync(findIn(tools.PATH ?? '', name)), path.join(bin, name));
  const plan = (): BundlePlan => hooked({}, { after: ['echo "${BASH_VERSION:-none}" > shell.txt'] });
  const text = (folder: string): string => fs.readFileSync(path.join(folder, 'shell.txt'), 'utf8');
  assert.match(text(await bundled(plan(), tools)), /^\d/);
  assert.is(text(await bundled(plan(), { ...tools, PATH: bin })), 'none\n');
});

const findIn = (searchPath: string, name: string): string =>
  searchPath
    .split(':')
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file)) ?? '';

test('a second run takes what was built from the store, and so does the process that synthesizes', async () => {
  const runs = counter(temporaryFolder());
  const tree = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.16.0\n' });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const hooks = { before: [runs.command], after: [runs.command] };
  const first = await bundled(planOf(tree, { hooks, packaging: 'zip' }), cache);
  assert.is(runs.count(), 2);
  const again = planOf(tree, { hooks, packaging: 'zip' });
  assert.is((await run(again, cache))._tag, 'Bundled');
  assert.equal(fs.readFileSync(again.output.path), fs.readFileSync(first));
  const third = { plan: planOf(tree, { hooks, packaging: 'zip' }), environment: {} };
  const places = { environment: { ...environmentWith({ uv: true }), ...cache }, platform: process.platform };
  const settled = settleBundles(liveStore(places), places, [third]);
  assert.is(settled.get(third)?._tag, 'Bundled');
  assert.is(runs.count(), 2);
  const edited = planOf(tree, { hooks: { ...hooks, after: [] }, packaging: 'zip' });
  assert.is((await run(edited, cache))._tag, 'Bundled');
  assert.is(runs.count(), 3);
});

test('an edited source is built anew', async () => {
  const tree = folderOf({ 'index.py': HANDLER, 'a.txt': '1' });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const hooks = { before: [], after: ['cat a.txt > b.txt'] };
  await bundled(planOf(tree, { hooks }), cache);
  fs.writeFileSync(path.join(tree, 'a.txt'), '2');
  const folder = await bundled(planOf(tree, { hooks }), cache);
  assert.is(fs.readFileSync(path.join(folder, 'b.txt'), 'utf8'), '2');
});

test('an entry under another name is called by that one in the hooks as well', async () => {
  const tree = folderOf({ 'stack.fn.py': HANDLER });
  const plan = planOf(tree, {
    entry: { _tag: 'ByPath', path: path.join(tree, 'stack.fn.py'), index: 'index.py' },
    hooks: { before: ['test -f stack_fn.py'], after: ['test -f stack_fn.py'] },
  });
  assert.equal(pathsIn(await bundled(plan)), ['stack_fn.py']);
});

test('what the installer reads does not ship, nor what is made in a local package', async () => {
  const workspace = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': '-r more.txt\n./libs/x\n-e ../y\n',
    'fn/more.txt': '',
    'fn/libs/x/pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\n[project]\nname = "x-lib"\nversion = "1"\n[tool.setuptools]\npackages = ["x_lib"]\n',
    'fn/libs/x/x_lib/__init__.py': 'from x_lib.made import VALUE\n',
    'y/pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\n[project]\nname = "y-lib"\nversion = "2"\n[tool.setuptools]\npackages = ["y_lib"]\n',
    'y/y_lib/__init__.py': '',
  });
  const before = listTree(workspace);
  const plan = planOf(path.join(workspace, 'fn'), {
    exclude: ['libs/'],
    hooks: { before: ['echo "VALUE = 1" > libs/x/x_lib/made.py', 'echo 1 > one.txt'], after: [] },
  });
  const folder = await bundled(plan);
  assert.equal(
    pathsIn(folder).filter((file) => !file.includes('.dist-info')),
    ['index.py', 'one.txt', 'x_lib/__init__.py', 'x_lib/made.py', 'y_lib/__init__.py'],
  );
  assert.equal(listTree(workspace), before);
});

test('launchers of distributions go, scripts of the user stay, and so does byte code that a hook makes', async () => {
  const python = findPython('3.11') ?? 'python3';
  const plan = hooked(
    {
      'requirements.txt': 'markdown-it-py==3.0.0\n',
      'bin/tool': '#!/bin/sh\n',
      'bin/markdown-it': '#!/bin/sh\n',
    },
    { after: [`${python} -c "import index"`, `${python} -m compileall -q index.py`] },
    { bytecode: 'auto' },
  );
  const folder = await bundled(plan, { PATH: withPython('uv', findPython('3.11')) });
  assert.equal(
    pathsIn(folder)
      .filter((file) => file.startsWith('bin/') || /^__pycache__\/index/.test(file))
      .sort(),
    ['__pycache__/index.cpython-311.pyc', 'bin/markdown-it', 'bin/tool'],
  );
});

test('a Python that a hook starts leaves no byte code behind', async () => {
  const python = findPython('3.11') ?? 'python3';
  const plan = hooked(
    {},
    { before: [`${python} -c "import index"`], after: [`${python} -c "import index"`] },
  );
  // Empty is unset for Python, whatever this process has.
  const folder = await bundled(plan, { PYTHONDONTWRITEBYTECODE: '' });
  assert.equal(pathsIn(folder), ['index.py']);
});

test('a hook that writes into a module does not write into the cache of the installer', async () => {
  const uvCache = temporaryFolder();
  const plan = hooked({ 'requirements.txt': 'six==1.16.0\n' }, { after: ['echo "# mine" >> six.py'] });
  const folder = await bundled(plan, { UV_CACHE_DIR: uvCache });
  assert.match(fs.readFileSync(path.join(folder, 'six.py'), 'utf8'), /# mine\n$/);
  const cached = fs
    .readdirSync(uvCache, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'six.py');
  assert.ok(cached.length > 0);
  for (const file of cached) {
    assert.not.match(fs.readFileSync(path.join(uvCache, file), 'utf8'), /# mine/);
  }
});

test('what is left out goes even where a hook has removed the metadata, and the user keeps theirs', async () => {
  const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['six'], exclude: ['idna/codec.py', '*.txt'] };
  const plan = hooked(
    { 'requirements.txt': 'six==1.16.0\nidna==3.6\n', 'notes.txt': '', 'six.py': '# mine\n' },
    { after: ['test -d idna && rm -rf *.dist-info'] },
    { dependencies },
  );
  const folder = await bundled(plan);
  assert.equal(
    pathsIn(folder).filter((file) => !/^idna\/(?!codec)/.test(file)),
    ['index.py', 'notes.txt', 'six.py'],
  );
});

test.run();
