import { execFileSync, spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { Packaging } from '../../src/plan/request/bundle-request';
import { PythonFunction, PythonLayerVersion } from '../../src/construct/index';
import { realApp, withEnvironment } from '../construct/support/app';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { environmentWith, findPython, runWith } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('layers on Lambda');

const python = findPython('3.13') ?? '';

const ENTRY = `import requests, six, yaml
import words, helpers

def lambda_handler(event, context):
    files = [module.__file__ for module in (requests, yaml, six, words, helpers)]
    return [requests.__version__, yaml.__version__, words.WORD, helpers.WORD, files]
`;

interface Made {
  readonly fn: BundlePlan;
  readonly layers: readonly BundlePlan[];
}

/** A function beside the layer of its dependencies and one of a folder, made for real. */
const made = (packaging: Packaging): Made => {
  const [code, shared] = [temporaryFolder(), temporaryFolder()];
  writeTree(code, {
    'index.py': ENTRY,
    'helpers.py': 'WORD = "own"\n',
    'requirements.txt': 'requests==2.32.3\nPyYAML==6.0.2\n',
  });
  writeTree(shared, {
    'words.py': 'WORD = "shared"\n',
    'helpers.py': 'raise ImportError("the function has one of its own")\n',
    'requirements.txt': 'six==1.17.0\n',
  });
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = new PythonLayerVersion(stack, 'Shared', {
    entry: shared,
    compatibleRuntimes: [lambda.Runtime.PYTHON_3_13],
    bundling: { packaging, bytecode: 'require' },
  });
  const fn = new PythonFunction(stack, 'Fn', {
    entry: code,
    layers: [layer],
    bundling: { packaging, bytecode: 'require', dependencies: 'layer' },
  });
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  withEnvironment(environment, () => app.synth());
  const layers = [layer, fn.dependenciesLayer as lambda.ILayerVersion];
  return { fn: PythonFunction.planOf(fn), layers: layers.map((each) => PythonLayerVersion.planOf(each)) };
};

const zips = made('zip');

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a function answers through AWS's client with what its layers hold, its own files first`, async () => {
    const { fn, layers } = packaging === 'zip' ? zips : made(packaging);
    const bundles = layers.map(({ output }) => output.path);
    const answer = await invoke(fn.output.path, handlerOf(fn), {}, { python, layers: bundles });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    const [requests, yaml, shared, own, files] = answer.payload as [string, string, string, string, string[]];
    assert.equal([requests, yaml, shared, own], ['2.32.3', '6.0.2', 'shared', 'own']);
    const [sharedAt, dependenciesAt] = bundles.map((bundle) => path.join(unpack(bundle), 'python'));
    assert.equal(files, [
      `${dependenciesAt}/requests/__init__.py`,
      `${dependenciesAt}/yaml/__init__.py`,
      `${sharedAt}/six.py`,
      `${sharedAt}/words.py`,
      `${unpack(fn.output.path)}/helpers.py`,
    ]);
    const alone = await invoke(fn.output.path, handlerOf(fn), {}, { python });
    assert.match(alone.ok ? '' : alone.error.errorMessage, /No module named 'requests'/);
  });
}

test('every module of a layer is loaded from byte code after a publish and an unpacking', () => {
  const [shared, dependencies] = zips.layers.map(({ output }) => path.join(unpack(output.path), 'python'));
  const script = 'import sys; sys.path[:0] = sys.argv[1:]; import requests, yaml, six, words';
  const { stderr, status } = spawnSync(
    python,
    ['-I', '-S', '-B', '-v', '-c', script, ...[shared, dependencies].map(String)],
    { encoding: 'utf8' },
  );
  assert.is(status, 0, stderr.slice(-500));
  const read = [...stderr.matchAll(/^# code object from '?([^'\n]+?)'?$/gm)].map((match) => match[1] ?? '');
  const ofLayers = read.filter((file) =>
    [shared, dependencies].some((layer) => file.startsWith(`${layer}/`)),
  );
  assert.ok(ofLayers.length > 40, `${ofLayers.length}`);
  assert.equal(
    ofLayers.filter((file) => !file.endsWith('.pyc')),
    [],
  );
});

test('its byte code is checked by nothing, and names its source as it lies on Lambda', () => {
  const script =
    'import json, marshal, sys; print(json.dumps([[b[4], marshal.loads(b[16:]).co_filename] for b in (open(f, "rb").read() for f in sys.argv[1:])]))';
  for (const { output } of zips.layers) {
    const bundle = unpack(output.path);
    const files = listTree(bundle).flatMap((file) => (file.path.endsWith('.pyc') ? file.path : []));
    const found = execFileSync(
      python,
      ['-I', '-c', script, ...files.map((file) => path.join(bundle, file))],
      {
        encoding: 'utf8',
      },
    );
    const source = (file: string): string =>
      `/opt/${file.replace('__pycache__/', '').replace('.cpython-313.pyc', '.py')}`;
    assert.equal(
      JSON.parse(found),
      files.map((file) => [1, source(file)]),
    );
  }
});

test('unzip finds nothing wrong with a layer', () => {
  for (const { output } of zips.layers) execFileSync('unzip', ['-tq', output.path]);
});

runWith(test, '3.13');
