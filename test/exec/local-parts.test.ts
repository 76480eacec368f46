import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../src/exec/batch/batch';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { backendWheel } from '../support/build-backend';
import { planOfFile } from '../support/bundle-file';
import { lockWith } from '../support/index-locks';
import { packageFiles } from '../support/local-sources';
import { meddlingSdist } from '../support/meddling-sdist';
import { openIndex } from '../support/open-index';
import { environmentWith, runTool } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { testWorld } from '../support/live-world';

const test = suite('a local package is a part of its own in the store');

/** A function that asks for a package beside it, which needs another one of the repository. */
const repository = (declaration: string): string => {
  const root = temporaryFolder();
  writeTree(root, {
    '.git/HEAD': '',
    'fn/index.py': 'def lambda_handler(event, context): ...\n',
    'fn/requirements.txt': declaration,
    ...packageFiles('libs/shared', 'parts-shared', { dependencies: ['iniconfig'] }),
    ...packageFiles('libs/other', 'parts-other', {}),
  });
  return root;
};

const planIn = (root: string, changes: object = {}): BundlePlan =>
  planOfFile(path.join(root, 'fn/index.py'), {
    runtime: '3.11',
    executor: 'host',
    outputDirectory: temporaryFolder(),
    packaging: 'zip',
    bytecode: 'auto',
    ...changes,
  });

/** Makes a bundle; gives its zip and the lines that are told. */
const make = async (
  plan: BundlePlan,
  store: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly zip: Buffer; readonly told: readonly string[] }> => {
  const tools = { ...environmentWith({ uv: true }), ...environment };
  const world = await testWorld({ ...tools, CDK_LAMBDA_PYTHON_CACHE: store });
  const told: string[] = [];
  const progress = { ...world.progress, end: (_: string, note?: string) => void (note && told.push(note)) };
  const [report] = await runBatch({ ...world, progress }, [{ plan, environment: {} }]);
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  const zip = fs.statSync(report.outcome.path).isFile() ? fs.readFileSync(report.outcome.path) : Buffer.of();
  return { zip, told };
};

const edit = (root: string, line: string): void =>
  fs.writeFileSync(path.join(root, 'libs/shared/parts_shared.py'), `NAME = "${line}"\n`);

test('an edit of it installs it alone, and the bundle is that of a fresh store', async () => {
  const root = repository('-e ../libs/shared\n../libs/other\n');
  const store = temporaryFolder();
  await make(planIn(root), store);
  edit(root, 'edited');
  const edited = planIn(root);
  const { zip, told } = await make(edited, store);
  assert.ok(
    told.includes('only parts-shared was installed again for index.py: the other modules are in the store'),
    told.join('\n'),
  );
  const fresh = await make(planIn(root), temporaryFolder());
  assert.not(fresh.told.join('\n').includes('only parts-shared'));
  assert.ok(zip.equals(fresh.zip));
});

test('another dependency of it installs all again', async () => {
  const root = repository('-e ../libs/shared\n');
  const store = temporaryFolder();
  await make(planIn(root), store);
  const pyproject = path.join(root, 'libs/shared/pyproject.toml');
  fs.writeFileSync(pyproject, fs.readFileSync(pyproject, 'utf8').replace('"iniconfig"', '"iniconfig","six"'));
  const { told, zip } = await make(planIn(root), store);
  assert.not(told.join('\n').includes('only parts-shared'), told.join('\n'));
  assert.ok(zip.includes('six.py'));
});

/** Edits the package of a repository, and makes the bundle from what the store has and in an empty store. */
const editedAndFresh = async (
  root: string,
  change: () => void,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly told: string; readonly isSame: boolean; readonly zip: Buffer }> => {
  const store = temporaryFolder();
  await make(planIn(root), store, environment);
  change();
  const { zip, told } = await make(planIn(root), store, environment);
  const fresh = await make(planIn(root), temporaryFolder(), environment);
  return { told: told.join('\n'), isSame: zip.equals(fresh.zip), zip };
};

const ONLY = 'only parts-shared was installed again for index.py: the other modules are in the store';

test('an edit that gives it a file of another distribution installs all again, by the rule of an empty store', async () => {
  for (const name of ['parts_after', 'parts_wheel']) {
    const folder = wheelFolder(
      name,
      { 'parts_shared/__init__.py': `NAME = "${name}"\n` },
      { isHashed: true },
    );
    const root = repository(`--find-links ${folder}\n-e ../libs/shared\n${name}\n`);
    const { told, isSame } = await editedAndFresh(root, () => {
      fs.rmSync(path.join(root, 'libs/shared/parts_shared.py'));
      writeTree(root, { 'libs/shared/parts_shared/__init__.py': 'NAME = "local"\n' });
    });
    const winner = name === 'parts_after' ? 'parts_shared-1.0' : 'parts_wheel-1';
    assert.ok(told.includes(`and the bundle has the file of ${winner}, whose name sorts last`), told);
    assert.not(told.includes(ONLY), told);
    assert.ok(isSame, name);
  }
});

const GIT = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];

const VERSIONED = [
  '[build-system]',
  'requires = ["setuptools>=64", "setuptools-scm>=8"]',
  'build-backend = "setuptools.build_meta"',
  '[project]',
  'name = "parts-shared"',
  'dynamic = ["version"]',
  '[tool.setuptools]',
  'py-modules = ["parts_shared"]',
  '[tool.setuptools_scm]',
  'root = "../.."',
  '',
].join('\n');

test('a package with a version from Git is installed alone after an edit and after a commit', async () => {
  const root = repository('-e ../libs/shared\niniconfig==2.0.0\n');
  fs.rmSync(path.join(root, '.git'), { recursive: true });
  writeTree(root, { 'libs/shared/pyproject.toml': VERSIONED });
  const commit = (): void => {
    for (const args of [
      ['init', '--quiet'],
      ['add', '.'],
      [...GIT, 'commit', '--quiet', '-m', 'x'],
    ])
      runTool('git', args, root);
  };
  commit();
  runTool('git', ['tag', 'v3.4.5'], root);
  const one = await editedAndFresh(root, () => edit(root, 'edited'));
  assert.ok(one.told.includes(ONLY), one.told);
  assert.ok(one.isSame);
  assert.match(one.zip.toString('latin1'), /parts_shared-3\.4\.6\.dev0\+g[0-9a-f]+\.d\d{8}\.dist-info/);
  const two = await editedAndFresh(root, commit);
  assert.ok(two.told.includes(ONLY), two.told);
  assert.ok(two.isSame);
  assert.match(two.zip.toString('latin1'), /parts_shared-3\.4\.6\.dev1\+g[0-9a-f]+\.dist-info/);
});

test('a version that another local package asks for counts', async () => {
  const root = repository('../libs/shared\n../libs/other\n');
  const dynamic = (version: string) => ({
    ...packageFiles('libs/shared', 'parts-shared', { dependencies: ['parts-other>=1'] }),
    'libs/other/pyproject.toml':
      '[build-system]\nrequires = ["flit_core==3.9.0"]\nbuild-backend = "flit_core.buildapi"\n[project]\nname = "parts-other"\ndescription = "x"\ndynamic = ["version"]\n',
    'libs/other/parts_other.py': `__version__ = "${version}"\n`,
  });
  writeTree(root, dynamic('1.0'));
  const { told, zip, isSame } = await editedAndFresh(root, () => writeTree(root, dynamic('2.0')));
  assert.not(told.includes('only parts-other'), told);
  assert.ok(isSame);
  assert.ok(zip.includes('parts_other-2.0.dist-info'));
});

test('a project with settings of uv installs its local package alone after an edit', async () => {
  const root = repository('');
  fs.rmSync(path.join(root, 'fn/requirements.txt'));
  writeTree(root, {
    'fn/pyproject.toml': [
      '[project]',
      'name = "fn"',
      'version = "0"',
      'requires-python = ">=3.11"',
      'dependencies = ["parts-shared", "iniconfig"]',
      '[tool.uv]',
      'constraint-dependencies = ["iniconfig==2.0.0"]',
      '[tool.uv.sources]',
      'parts-shared = { path = "../libs/shared", editable = true }',
      '',
    ].join('\n'),
  });
  assert.equal(planIn(root).install?.uv?.settings, { 'constraint-dependencies': ['iniconfig==2.0.0'] });
  const { told, isSame } = await editedAndFresh(root, () => edit(root, 'edited'));
  assert.ok(told.includes(ONLY), told);
  assert.ok(isSame);
});

test('a lock of two indexes builds the local package in the run that names it', async () => {
  const corp = wheelFolder('corp', { 'corp.py': 'WHOSE = "corp"\n' });
  const [everybodys, corps] = [await openIndex(backendWheel('2')), await openIndex(corp)];
  try {
    const lock = lockWith('uv', [{ wheel: corp, index: { name: 'corp', url: corps.url } }]);
    const root = temporaryFolder();
    writeTree(root, {
      '.git/HEAD': '',
      'fn/index.py': 'def lambda_handler(event, context): ...\n',
      'fn/pyproject.toml': `${(lock['pyproject.toml'] ?? '').replace(']\n[', ', "lib"]\n[')}lib = { path = "lib" }\n`,
      'fn/uv.lock': (lock['uv.lock'] ?? '')
        .replace(
          '[[package]]\nname = "orders"',
          '[[package]]\nname = "lib"\nversion = "1"\nsource = { directory = "lib" }\n\n[[package]]\nname = "orders"',
        )
        .replace('dependencies = [', 'dependencies = [\n    { name = "lib" },')
        .replace(/\]\s*$/, '    { name = "lib", directory = "lib" },\n]\n'),
      'fn/lib/pyproject.toml':
        '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = ["backend"]\nbuild-backend = "backend"\n',
      'fn/lib/data.txt': 'one',
    });
    assert.is(planIn(root).install?.runs?.length, 2);
    const change = (): void => fs.writeFileSync(path.join(root, 'fn/lib/data.txt'), 'two');
    const { told, isSame } = await editedAndFresh(root, change, { UV_DEFAULT_INDEX: everybodys.url });
    assert.ok(told.includes(ONLY.replace('parts-shared', 'lib')), told);
    assert.ok(isSame);
  } finally {
    everybodys.close();
    corps.close();
  }
});

test('what the build of another package changes in it does not reach another function', async () => {
  const index = await openIndex(meddlingSdist("os.path.dirname(os.environ['TMPDIR'])", 'parts_shared.py'));
  try {
    const url = index.url.replace(/simple$/, 'files/evil-1.tar.gz');
    const [root, store] = [repository('../libs/shared\n'), temporaryFolder()];
    const bundled = async (): Promise<string> => {
      const plan = planIn(root, { packaging: 'directory' });
      await make(plan, store);
      return fs.readFileSync(path.join(plan.output.path, 'parts_shared.py'), 'utf8');
    };
    await bundled();
    edit(root, 'edited');
    writeTree(root, { 'fn/requirements.txt': `../libs/shared\nevil @ ${url}\n` });
    assert.is(await bundled(), 'NAME = "evil"\n');
    writeTree(root, { 'fn/requirements.txt': '../libs/shared\n' });
    assert.is(await bundled(), 'NAME = "edited"\n');
  } finally {
    index.close();
  }
});

test.run();
