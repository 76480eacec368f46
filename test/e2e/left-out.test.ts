import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';

const test = suite('leaving out what the runtime has, and what nothing imports');

const HANDLER = `
import importlib, importlib.metadata


def tell(name):
    try:
        return [importlib.import_module(name).__version__, importlib.metadata.version(name)]
    except ImportError:
        return None


def lambda_handler(event, context):
    return {name: tell(name) for name in event["names"]}
`;

const bundle = async (plan: BundlePlan, tool: 'uv' | 'pip' = 'uv'): Promise<string> => {
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  return plan.output.path;
};

const planned = (requirements: string, leftOut: Partial<typeof DEFAULT_DEPENDENCIES>): BundlePlan =>
  planWith(
    requirements,
    { runtime: { prop: 'python3.11' }, dependencies: { ...DEFAULT_DEPENDENCIES, ...leftOut } },
    { 'index.py': HANDLER },
  );

const distributionsIn = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.dist-info'))
    .map((name) => name.replace(/-.*/, ''))
    .sort();

const answer = async (folder: string, names: readonly string[]): Promise<unknown> => {
  const python = findPython('3.11');
  if (python === undefined) return console.log('SKIPPED (the call): this machine has no Python 3.11');
  return invoke(folder, 'index.lambda_handler', { names }, { python });
};

const AWS = 'requests==2.32.3\nurllib3==2.2.3\nboto3==1.35.90\n';

for (const tool of ['uv', 'pip'] as const) {
  test(`boto3 with all that only it needs, installed by ${tool}`, async () => {
    const folder = await bundle(planned(AWS, { omit: ['boto3'] }), tool);
    assert.equal(distributionsIn(folder), ['certifi', 'charset_normalizer', 'idna', 'requests', 'urllib3']);
    const left = fs.readdirSync(folder).filter((name) => /boto|s3transfer|jmespath|dateutil|six/.test(name));
    assert.equal(left, []);
    assert.equal(await answer(folder, ['requests', 'urllib3', 'boto3']), {
      ok: true,
      payload: { requests: ['2.32.3', '2.32.3'], urllib3: ['2.2.3', '2.2.3'], boto3: null },
    });
  });
}

test('all that is installed may be left out', async () => {
  const folder = await bundle(planned('boto3==1.35.90\n', { omit: ['boto3'] }));
  assert.equal(fs.readdirSync(folder), ['index.py']);
});

test('numpy without its tests is smaller, is imported, and lists what it has', async () => {
  const size = (folder: string): number =>
    listTree(folder).reduce((sum, file) => sum + fs.statSync(path.join(folder, file.path)).size, 0);
  const whole = await bundle(planned('numpy==2.2.6\n', {}));
  const folder = await bundle(planned('numpy==2.2.6\n', { exclude: ['tests/', '*.pyi'] }));
  const saved = size(whole) - size(folder);
  console.log(`numpy: ${size(whole)} bytes, without tests and stubs ${saved} fewer`);
  assert.ok(saved > 5_000_000);
  const record = fs.readFileSync(path.join(folder, 'numpy-2.2.6.dist-info', 'RECORD'), 'utf8');
  const missing = record
    .trim()
    .split('\n')
    .map((line) => line.replace(/,.*/, ''))
    .filter((file) => !fs.existsSync(path.join(folder, file)));
  assert.equal(missing, []);
  assert.equal(await answer(folder, ['numpy']), { ok: true, payload: { numpy: ['2.2.6', '2.2.6'] } });
});

test('patterns take files of one back', async () => {
  const folder = await bundle(
    planned('six==1.16.0\nidna==3.6\n', { exclude: ['idna/*', '!idna/core.py', 'six.py'] }),
  );
  assert.equal(
    listTree(folder)
      .map((file) => file.path)
      .filter((file) => !file.includes('.dist-info/')),
    ['idna/core.py', 'index.py'],
  );
});

test.run();
