import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../src/exec/batch';
import { liveWorld } from '../../src/exec/live';
import type { BundlePlan } from '../../src/plan/bundle-plan';
import { planOfFile } from '../support/bundle-file';
import { packageFiles } from '../support/local-sources';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

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
): Promise<{ readonly zip: Buffer; readonly told: readonly string[] }> => {
  const world = await liveWorld({ ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store });
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

test.run();
