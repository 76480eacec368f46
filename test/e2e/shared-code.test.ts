import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack, SymlinkFollowMode } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonFunctionProps } from '../../src/construct/index';
import { PythonFunction, PythonLayerVersion, Runtime } from '../../src/construct/index';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { realApp, withEnvironment } from '../construct/support/app';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { environmentWith, findPython, runWith, uv } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('code that functions share, as docs/recipes-shared-code.md has it');

const python = findPython('3.13') ?? '';

const handler = (module: string): string =>
  `from ${module} import greet\n\ndef lambda_handler(event, context):\n    return greet()\n`;

const greeting = (word: string): string => `def greet():\n    return "${word}"\n`;

const PACKAGE = [
  '[build-system]',
  'requires = ["uv_build"]',
  'build-backend = "uv_build"',
  '[project]',
  'name = "shared"',
  'version = "1.0"',
  'requires-python = ">=3.13"',
  '',
].join('\n');

const repository = (tree: Readonly<Record<string, string>>): string => {
  const root = temporaryFolder();
  writeTree(root, { '.git/HEAD': '', 'cdk.json': '{}', ...tree });
  return root;
};

interface Made {
  readonly fn: BundlePlan;
  readonly layers: readonly string[];
}

/** Synthesizes the function of a recipe for real. */
const made = (root: string, store: string, props: PythonFunctionProps = {}, layerIn?: string): Made => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layers =
    layerIn === undefined
      ? []
      : [
          new PythonLayerVersion(stack, 'shared', {
            entry: layerIn,
            compatibleRuntimes: [Runtime.PYTHON_3_13],
          }),
        ];
  const fn = new PythonFunction(stack, 'orders', {
    entry: path.join(root, 'functions/orders'),
    runtime: Runtime.PYTHON_3_13,
    layers,
    ...props,
  });
  withEnvironment({ ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store }, () => app.synth());
  return {
    fn: PythonFunction.planOf(fn),
    layers: layers.map((layer) => PythonLayerVersion.planOf(layer).output.path),
  };
};

const answerOf = async ({ fn, layers }: Made): Promise<unknown> => {
  const answer = await invoke(fn.output.path, handlerOf(fn), {}, { python, layers });
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer.payload;
};

/** The answer of a recipe before and after an edit of the shared code. */
const beforeAndAfter = async (
  root: string,
  shared: string,
  props: PythonFunctionProps = {},
  layerIn?: string,
): Promise<readonly unknown[]> => {
  const store = temporaryFolder();
  const before = made(root, store, props, layerIn);
  const answer = await answerOf(before);
  fs.writeFileSync(path.join(root, shared), greeting('edited'));
  return [answer, await answerOf(made(root, store, props, layerIn))];
};

for (const line of ['-e ../../packages/shared', '../../packages/shared']) {
  test(`a local package: ${line}`, async () => {
    const root = repository({
      'functions/orders/index.py': handler('shared'),
      'functions/orders/requirements.txt': `${line}\niniconfig==2.0.0\n`,
      'packages/shared/pyproject.toml': PACKAGE,
      'packages/shared/src/shared/__init__.py': greeting('hello'),
    });
    const answers = await beforeAndAfter(root, 'packages/shared/src/shared/__init__.py');
    assert.equal(answers, ['hello', 'edited']);
  });
}

test('a workspace member', async () => {
  const root = repository({
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["functions/*", "packages/*"]\n',
    'functions/orders/index.py': handler('shared'),
    'functions/orders/pyproject.toml': [
      '[project]',
      'name = "orders"',
      'version = "1.0"',
      'requires-python = ">=3.13"',
      'dependencies = ["shared", "iniconfig==2.0.0"]',
      '[tool.uv.sources]',
      'shared = { workspace = true }',
      '',
    ].join('\n'),
    'packages/shared/pyproject.toml': PACKAGE,
    'packages/shared/src/shared/__init__.py': greeting('hello'),
  });
  execFileSync(uv(), ['lock', '--quiet', '--python', python], { cwd: root });
  const answers = await beforeAndAfter(root, 'packages/shared/src/shared/__init__.py');
  assert.equal(answers, ['hello', 'edited']);
});

test('bundling.include', async () => {
  const root = repository({
    'functions/orders/index.py': handler('common'),
    'shared/common/__init__.py': greeting('hello'),
    'shared/schemas/order.json': '{}',
  });
  const include = [
    { from: path.join(root, 'shared/common'), to: 'common' },
    { from: path.join(root, 'shared/schemas'), to: 'schemas' },
  ];
  const answers = await beforeAndAfter(root, 'shared/common/__init__.py', { bundling: { include } });
  assert.equal(answers, ['hello', 'edited']);
});

test('a symbolic link', async () => {
  const root = repository({
    'functions/orders/index.py': handler('common'),
    'shared/common/__init__.py': greeting('hello'),
  });
  fs.symlinkSync('../../shared/common', path.join(root, 'functions/orders/common'));
  const bundling = { followSymlinks: SymlinkFollowMode.EXTERNAL };
  const answers = await beforeAndAfter(root, 'shared/common/__init__.py', { bundling });
  assert.equal(answers, ['hello', 'edited']);
});

test('a layer', async () => {
  const root = repository({
    'functions/orders/index.py': handler('common'),
    'shared/common/__init__.py': greeting('hello'),
  });
  const answers = await beforeAndAfter(root, 'shared/common/__init__.py', {}, path.join(root, 'shared'));
  assert.equal(answers, ['hello', 'edited']);
});

test('the page has no other recipes', () => {
  const page = fs.readFileSync(path.resolve(__dirname, '../../docs/recipes-shared-code.md'), 'utf8');
  const recipes = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  assert.equal(recipes, [
    'A local package',
    'A workspace member',
    '`bundling.include`',
    'A symbolic link',
    'A layer',
  ]);
});

runWith(test, '3.13');
