import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../src/exec/batch/batch';
import { liveWorld } from '../../src/exec/batch/live-world';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { ExecutorName } from '../../src/plan/request/bundle-request';
import type { FileOptions } from '../support/bundle-file';
import { planOfFile } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { dockerSkipReason } from '../support/docker';
import { packageFiles } from '../support/local-sources';
import { notedDocker } from '../support/noted-docker';
import { meddlingSdist } from '../support/meddling-sdist';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('a local package is a part of its own where a container installs');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

/** A function that asks for two packages beside it, one of which needs a package of the index. */
const repository = (files: Readonly<Record<string, string>> = {}): string => {
  const root = temporaryFolder();
  writeTree(root, {
    '.git/HEAD': '',
    'fn/index.py': 'def lambda_handler(event, context): ...\n',
    'fn/requirements.txt': '-e ../libs/shared\n../libs/other\n',
    ...packageFiles('libs/shared', 'parts-shared', { dependencies: ['iniconfig'] }),
    ...packageFiles('libs/other', 'parts-other', {}),
    ...files,
  });
  return root;
};

const edit = (root: string, line: string): void =>
  fs.writeFileSync(path.join(root, 'libs/shared/parts_shared.py'), `NAME = "${line}"\n`);

type Changes = Partial<FileOptions> & { readonly executor: ExecutorName };

const planIn = (root: string, changes: Changes): BundlePlan =>
  planOfFile(path.join(root, 'fn/index.py'), {
    runtime: '3.13',
    outputDirectory: temporaryFolder(),
    packaging: 'zip',
    bytecode: 'auto',
    ...changes,
  });

/** A bundle, the lines that were told, and the arguments of each container that was started for it. */
interface Made {
  readonly path: string;
  readonly zip: Buffer;
  readonly from: string;
  readonly told: readonly string[];
  readonly started: readonly string[];
}

const make = async (plan: BundlePlan, store: string, uv = true): Promise<Made> => {
  const tools = environmentWith({ uv, docker: true });
  const docker = notedDocker(tools.PATH);
  const world = await liveWorld({
    ...tools,
    PATH: docker.searchPath,
    ...(plan.install?.executor === 'buildkit' ? { DOCKER_CONFIG: clientFolder() } : {}),
    CDK_LAMBDA_PYTHON_CACHE: store,
  });
  const told: string[] = [];
  const progress = { ...world.progress, end: (_: string, note?: string) => void (note && told.push(note)) };
  const [report] = await runBatch({ ...world, progress }, [{ plan, environment: {} }]);
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  const started = docker.starts().filter((line) => line.startsWith('run '));
  const { path: bundle, dependencies: from } = report.outcome;
  const zip = fs.statSync(bundle).isFile() ? fs.readFileSync(bundle) : Buffer.of();
  return { path: bundle, zip, from, told, started };
};

const only = (...names: readonly string[]): string =>
  `only ${names.join(', ')} was installed again for index.py: the other modules are in the store`;

/** The requirements files that the script of a container is given. */
const filesIn = (line: string): readonly string[] => [
  ...new Set([...line.matchAll(/"--requirement","([^"]+)"/g)].map(([, file = '']) => file)),
];

test('an edit installs it alone, and the bundle is that of a fresh store', async () => {
  for (const uv of [true, false]) {
    const [root, store] = [repository(), temporaryFolder()];
    const first = await make(planIn(root, { executor: 'docker' }), store, uv);
    assert.equal(first.started.map(filesIn), [['requirements.txt']]);
    edit(root, 'one');
    // A container that installs all does not say which build has made which file.
    const second = await make(planIn(root, { executor: 'docker' }), store, uv);
    assert.ok(second.told.includes(only('parts-shared', 'parts-other')), second.told.join('\n'));
    edit(root, 'two');
    const third = await make(planIn(root, { executor: 'docker' }), store, uv);
    assert.ok(third.told.includes(only('parts-shared')), third.told.join('\n'));
    assert.equal(third.started.map(filesIn), [['local-packages-0.txt']]);
    assert.is(third.from, 'docker');
    const fresh = await make(planIn(root, { executor: 'docker' }), temporaryFolder(), uv);
    assert.not(fresh.told.join('\n').includes('was installed again'));
    assert.ok(third.zip.equals(fresh.zip), 'the bundle differs from that of an empty store');
    assert.ok(third.zip.includes('__pycache__/parts_shared.cpython-313.pyc'));
  }
});

test('a new dependency of it is installed with all others', async () => {
  const [root, store] = [repository(), temporaryFolder()];
  await make(planIn(root, { executor: 'docker' }), store);
  const pyproject = path.join(root, 'libs/shared/pyproject.toml');
  fs.writeFileSync(pyproject, fs.readFileSync(pyproject, 'utf8').replace('"iniconfig"', '"iniconfig","six"'));
  const { told, zip, started } = await make(planIn(root, { executor: 'docker' }), store);
  assert.not(told.join('\n').includes('was installed again'), told.join('\n'));
  assert.equal(started.map(filesIn), [['requirements.txt']]);
  assert.ok(zip.includes('six.py'));
});

test('where a container is tried, the next one installs it alone', async () => {
  const [root, store] = [repository({ 'fn/requirements.txt': '../libs/shared\n' }), temporaryFolder()];
  // Nothing on this machine can install.
  const auto = (): Promise<Made> => make(planIn(root, { executor: 'auto' }), store, false);
  assert.is((await auto()).from, 'docker');
  edit(root, 'one');
  const { from, told, started } = await auto();
  assert.is(from, 'docker');
  assert.ok(told.includes(only('parts-shared')), told.join('\n'));
  assert.equal(started.map(filesIn), [['local-packages-0.txt']]);
});

test('a builder installs it alone, and the bundle is that of a container', async () => {
  const skipped = buildxSkipReason(IMAGE);
  if (skipped !== undefined) return console.log(`SKIPPED: ${skipped}`);
  const [root, store] = [repository({ 'fn/requirements.txt': '../libs/shared\n' }), temporaryFolder()];
  assert.is((await make(planIn(root, { executor: 'buildkit' }), store)).from, 'buildkit');
  edit(root, 'one');
  const { from, told, zip } = await make(planIn(root, { executor: 'buildkit' }), store);
  assert.is(from, 'buildkit');
  assert.ok(told.includes(only('parts-shared')), told.join('\n'));
  const fresh = await make(planIn(root, { executor: 'docker' }), temporaryFolder());
  assert.ok(zip.equals(fresh.zip), 'the bundle differs from that of a container');
});

test('all is installed again where the other modules were not compiled', async () => {
  const [root, store] = [repository({ 'fn/requirements.txt': '../libs/shared\n' }), temporaryFolder()];
  await make(planIn(root, { executor: 'docker', bytecode: 'off' }), store);
  edit(root, 'one');
  const { told, zip } = await make(planIn(root, { executor: 'docker' }), store);
  assert.not(told.join('\n').includes('was installed again'), told.join('\n'));
  assert.ok(zip.includes('iniconfig/__pycache__/__init__.cpython-313.pyc'));
});

const LOCKED = {
  ...packageFiles('libs/shared', 'parts-shared', {}),
  'fn/pyproject.toml':
    '[project]\nname = "orders"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = ["parts-shared"]\n[tool.uv.sources]\nparts-shared = { path = "../libs/shared" }\n',
  'fn/uv.lock': `version = 1
revision = 3
requires-python = ">=3.13"

[[package]]
name = "orders"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "parts-shared" },
]

[package.metadata]
requires-dist = [{ name = "parts-shared", directory = "../libs/shared" }]

[[package]]
name = "parts-shared"
version = "1.0"
source = { directory = "../libs/shared" }
`,
};

test('a package of a lock is installed alone, and all again by another installer', async () => {
  const [root, store] = [repository(LOCKED), temporaryFolder()];
  fs.rmSync(path.join(root, 'fn/requirements.txt'));
  const install = (uv: boolean): Promise<Made> => make(planIn(root, { executor: 'docker' }), store, uv);
  await install(true);
  edit(root, 'one');
  const alone = await install(true);
  assert.ok(alone.told.includes(only('parts-shared')), alone.told.join('\n'));
  edit(root, 'two');
  const byPip = await install(false);
  assert.not(byPip.told.join('\n').includes('was installed again'), byPip.told.join('\n'));
  assert.ok(byPip.zip.includes('parts_shared.py'));
});

test('what the build of another package changes in it does not reach another function', async () => {
  const index = await openIndex(meddlingSdist("'/asset-input'", 'parts_shared.py'));
  try {
    const url = index.url.replace(/simple$/, 'files/evil-1.tar.gz');
    const [root, store] = [repository({ 'fn/requirements.txt': '../libs/shared\n' }), temporaryFolder()];
    const options = { executor: 'docker', packaging: 'directory', docker: { network: 'host' } } as const;
    const moduleIn = async (): Promise<string> => {
      const { path: bundle } = await make(planIn(root, options), store);
      return fs.readFileSync(path.join(bundle, 'parts_shared.py'), 'utf8');
    };
    await moduleIn();
    edit(root, 'edited');
    writeTree(root, { 'fn/requirements.txt': `../libs/shared\nevil @ ${url}\n` });
    assert.is(await moduleIn(), 'NAME = "evil"\n');
    writeTree(root, { 'fn/requirements.txt': '../libs/shared\n' });
    assert.is(await moduleIn(), 'NAME = "edited"\n');
  } finally {
    index.close();
  }
});

const reason = dockerSkipReason(IMAGE);
if (reason === undefined) test.run();
else console.log(`SKIPPED: ${reason}`);
