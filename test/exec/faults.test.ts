import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../src/exec/errors/execution-error';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from '../support/bundle-file';
import { environmentWith, uv } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { planOf, planWith } from './support/plans';
import { folderOf, HANDLER, makePipe } from './support/requests';

const test = suite('faults');

const sixInStore = temporaryFolder();

/** An environment with these tools; nothing of another test is in its store. */
const environment = (changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...environmentWith({ uv: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  ...changes,
});

/** An environment whose `uv` is this script; `$REAL_UV` is the real one. */
const withUvScript = (script: string): NodeJS.ProcessEnv => {
  const folder = temporaryFolder();
  const answersVersion = 'if [ "$1" = --version ]; then exec "$REAL_UV" --version; fi';
  fs.writeFileSync(path.join(folder, 'uv'), `#!/bin/sh\n${answersVersion}\n${script}\n`, { mode: 0o755 });
  const tools = environmentWith({});
  return environment({ ...tools, REAL_UV: uv(), PATH: `${folder}:${tools['PATH']}` });
};

/**
 * Runs a plan that must fail beside a bundle of before, and looks whether nothing is left: no bundle, no work folder,
 * no temporary in the store and no entry but one that is whole, and the bundle of before as it was.
 */
const failure = async (
  plan: BundlePlan,
  tools: NodeJS.ProcessEnv,
  installed: 'nothing' | 'all' = 'nothing',
): Promise<ExecutionError> => {
  const parent = path.dirname(plan.output.path);
  writeTree(parent, { 'asset.before/index.py': HANDLER, 'manifest.json': '{}' });
  const before = listTree(parent);
  const [report] = await execute([plan], tools);
  if (report?.outcome._tag !== 'Failed') throw new Error(JSON.stringify(report));
  assert.equal([report.asset, report.label], [plan.hash.asset, plan.label]);
  assert.equal(listTree(parent), before);
  assert.equal(fs.readdirSync(parent).sort(), ['asset.before', 'manifest.json']);
  const cache = tools['CDK_LAMBDA_PYTHON_CACHE'] ?? '';
  const store = folderStore(cache);
  const { temporaries } = store;
  assert.equal(fs.existsSync(temporaries) ? fs.readdirSync(temporaries) : [], []);
  // Their keys have the installer of this machine in them.
  const modules = path.join(store.folder, 'modules');
  const keys = fs.existsSync(modules) ? fs.readdirSync(modules) : [];
  const entries = keys.filter((key) => store.part('modules', key) !== undefined);
  assert.is(entries.length, installed === 'all' ? 1 : 0, 'entries of the store');
  return report.outcome.error;
};

/** A plan of an entry and `six`, which is installed once for all these tests. */
const withSix = (tree: Readonly<Record<string, string>> = {}): BundlePlan =>
  planWith('six==1.16.0\n', {}, tree);
const stored = (): NodeJS.ProcessEnv => environment({ CDK_LAMBDA_PYTHON_CACHE: sixInStore });

test('an installer that is killed: the signal and its last lines', async () => {
  const error = await failure(withSix(), withUvScript('echo Resolved 1 package >&2; kill -KILL $$'));
  assert.match(
    showExecutionError(error),
    /^Installing the requirements failed: uv \d+\.\d+\.\d+ ended with signal SIGKILL\. Read its output below, fix the declaration of the dependencies or the network, and synthesize again\.\nIts last lines:\n {2}\| Resolved 1 package$/,
  );
});

test('an installer that is killed by another process while it works', async () => {
  const folder = temporaryFolder();
  const tools = withUvScript(`echo $$ > '${folder}/pid'; echo Downloading; exec sleep 60`);
  const pidFile = path.join(folder, 'pid');
  const timer = setInterval(() => {
    const pid = fs.existsSync(pidFile) ? Number(fs.readFileSync(pidFile, 'utf8')) : 0;
    if (pid === 0) return;
    clearInterval(timer);
    process.kill(pid, 'SIGTERM');
  }, 50);
  const error = await failure(withSix(), tools);
  assert.is(error._tag === 'InstallFailed' && error.exit, 'signal SIGTERM');
  assert.is(error._tag === 'InstallFailed' && error.output, 'Downloading');
});

test('an installer that ends well and installs nothing', async () => {
  const error = await failure(withSix(), withUvScript('echo Audited 1 package; exit 0'));
  assert.match(
    showExecutionError(error),
    /^uv \d+\.\d+\.\d+ succeeded but installed nothing, although the requirements name packages\. .*\nIts last lines:\n {2}\| Audited 1 package$/,
  );
});

test('an installer that leaves half of it before it fails', async () => {
  const script = 'while [ "$1" != --target ]; do shift; done; echo half > "$2/half.py"; exit 2';
  const error = await failure(withSix(), withUvScript(script));
  assert.is(error._tag === 'InstallFailed' && error.exit, 'exit code 2');
});

/** A disk of two megabytes, or why there is none. */
const withSmallDisk = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    console.log(`SKIPPED: no small disk can be mounted here: ${(error as Error).message.trim()}`);
    return;
  }
  try {
    await use(folder);
  } finally {
    execFileSync('umount', [folder]);
  }
};

test('a full disk under the store', async () => {
  await withSmallDisk(async (disk) => {
    const tools = environment({ CDK_LAMBDA_PYTHON_CACHE: disk });
    const error = await failure(planWith('pytz==2024.1\nidna==3.6\n'), tools);
    assert.is(error._tag === 'DiskFull' && error.path.startsWith(disk), true, JSON.stringify(error));
    assert.match(
      showExecutionError(error),
      /^No space is left on the disk of .+\. Free some, or set CDK_LAMBDA_PYTHON_CACHE to a folder on another disk\.$/,
    );
  });
});

test('a full disk under the store, before the installer is started', async () => {
  await withSmallDisk(async (disk) => {
    const plan = planWith(
      './lib\n',
      {},
      { 'lib/big.txt': 'x'.repeat(3e6), 'lib/setup.py': "setup(name='lib')" },
    );
    const error = await failure(plan, environment({ CDK_LAMBDA_PYTHON_CACHE: disk }));
    assert.is(error._tag === 'DiskFull' && error.path.startsWith(disk), true, JSON.stringify(error));
  });
});

test('a full disk under the output, by the modules and by the files', async () => {
  await withSmallDisk(async (disk) => {
    const outputDirectory = path.join(disk, 'cdk.out');
    const pytz = planWith('pytz==2024.1\nidna==3.6\n', { outputDirectory });
    const modules = await failure(pytz, environment(), 'all');
    assert.is(modules._tag === 'DiskFull' && modules.path.startsWith(disk), true, JSON.stringify(modules));
    const big = folderOf({ 'index.py': HANDLER, 'data.txt': 'x'.repeat(3e6) });
    const files = await failure(planOf(big, { outputDirectory }), environment());
    assert.is(files._tag === 'DiskFull' && files.path.startsWith(disk), true, JSON.stringify(files));
  });
});

test('a folder that cannot be made', async () => {
  const folder = folderOf({ file: '' });
  const cache = path.join(folder, 'file/cache');
  const error = await failure(withSix(), environment({ CDK_LAMBDA_PYTHON_CACHE: cache }));
  assert.match(
    showExecutionError(error),
    /^Cannot write .+: a part of the path is not a folder\. Make the folder writable, or set CDK_LAMBDA_PYTHON_CACHE to one that is\.$/,
  );
});

test('a file that changed, went or became a pipe between plan and run', async () => {
  const changes: Readonly<Record<string, (file: string) => void>> = {
    changed: (file) => fs.writeFileSync(file, HANDLER.replace('event,', 'e,')),
    gone: (file) => fs.rmSync(file),
    pipe: (file) => {
      fs.rmSync(file);
      makePipe(file);
    },
    folder: (file) => {
      fs.rmSync(file);
      fs.mkdirSync(file);
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    const plan = planOf(folderOf({ 'index.py': HANDLER, 'data/x.txt': '' }));
    change(plan.entry.file);
    const error = await failure(plan, environment());
    assert.equal(error, { _tag: 'SourceChanged', path: plan.entry.file }, name);
  }
});

test('requirements or a local package that changed between plan and run: nothing is installed', async () => {
  const tree = { 'lib/setup.py': "from setuptools import setup\nsetup(name='lib')\n", 'lib/lib.py': '' };
  for (const name of ['requirements.txt', 'lib/lib.py']) {
    const plan = planWith('./lib\n', {}, tree);
    const file = path.join(plan.entry.root, name);
    fs.appendFileSync(file, '# more\n');
    const error = await failure(plan, withUvScript('echo "uv was started"; exit 3'));
    assert.is(showExecutionError(error), `${file} changed while the bundle was made. Synthesize again.`);
  }
});

test('two files at one path: both are named', async () => {
  const same = withSix({ 'six.py': '' });
  assert.is(
    showExecutionError(await failure(same, stored(), 'all')),
    `Two files want the path six.py in the bundle: ${same.entry.root}/six.py and one of six-1.16.0. Rename yours, or leave it out with \`bundling.exclude\`.`,
  );
  const below = withSix({ 'six.py/data.txt': '' });
  assert.equal(await failure(below, stored(), 'all'), {
    _tag: 'FileConflict',
    path: 'six.py/data.txt',
    source: `${below.entry.root}/six.py/data.txt`,
    distribution: 'six-1.16.0',
  });
  const above = withSix({ 'six-1.16.0.dist-info': '' });
  assert.equal(await failure(above, stored(), 'all'), {
    _tag: 'FileConflict',
    path: 'six-1.16.0.dist-info',
    source: `${above.entry.root}/six-1.16.0.dist-info`,
    distribution: 'six-1.16.0',
  });
});

test('files that share a folder with a dependency are no conflict', async () => {
  const plan = planWith('idna==3.6\n', {}, { 'idna/own.py': 'OWN = 1\n' });
  const [report] = await execute([plan], environment());
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  assert.ok(fs.existsSync(path.join(plan.output.path, 'idna/own.py')));
  assert.ok(fs.existsSync(path.join(plan.output.path, 'idna/core.py')));
});

test('a dependency that Python would import in place of the entry', async () => {
  const folder = folderOf({ 'idna.py': HANDLER, 'requirements.txt': 'idna==3.6\n' });
  const entry = { _tag: 'ByPath', path: path.join(folder, 'idna.py'), index: 'index.py' } as const;
  const plan = planOf(folder, { entry });
  assert.is(
    showExecutionError(await failure(plan, environment(), 'all')),
    'idna of idna-3.6 would be imported in place of the entry\'s module "idna". Rename the entry.',
  );
});

test('a bundle that is larger than Lambda takes names its largest parts', async () => {
  const tree = { 'data/a.bin': 'x'.repeat(3 * 1024 * 1024), 'b.bin': 'x'.repeat(1024 * 1024) };
  const plan = planOf(folderOf({ 'index.py': HANDLER, ...tree }));
  const error = await failure(
    { ...plan, output: { ...plan.output, maximumSize: 2 * 1024 * 1024 } },
    environment(),
  );
  assert.is(
    showExecutionError(error),
    'The bundle has 4.0 MB; Lambda takes at most 2.0 MB unzipped, layers included. The largest: data 3.0 MB, b.bin 1.0 MB, index.py 0.0 MB. To make it smaller: leave files of yours out with `bundling.exclude`; or deploy a container image (10 GB).',
  );
});

test('modules that are too large alone are told before they are compressed, and are not kept', async () => {
  const plan = withSix();
  const error = await failure({ ...plan, output: { ...plan.output, maximumSize: 20_000 } }, environment());
  assert.match(
    showExecutionError(error),
    /^The bundle has 0\.0 MB; Lambda takes at most 0\.0 MB unzipped, layers included\. The largest: six-1\.16\.0 0\.0 MB\. /,
  );
});

test('nothing on this machine can install', async () => {
  const error = await failure(withSix(), { ...environment(), ...environmentWith({}) });
  assert.is(
    showExecutionError(error),
    'Nothing on this machine can install the requirements. Looked for: uv (not found); python3 -m uv (not found); python -m uv (not found); python3 -m pip (not found); python -m pip (not found). Install uv (https://docs.astral.sh/uv/) 0.9.16 or newer, or pip 23.0 or newer, or start Docker and set `bundling.executor` to "docker".',
  );
});

test.before(async () => {
  const [report] = await execute([withSix()], stored());
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
});

test.run();
