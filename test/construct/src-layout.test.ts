import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { temporaryFolder, writeTree } from '../support/temporary';
import { functionIn, functionProperties, recordingApp } from './support/app';

const test = suite('src layouts');

/** The case `virtual-workspace-src-layout`, without what it installs. */
const WORKSPACE = {
  'package.json': '{}',
  'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
  'packages/functions/pyproject.toml':
    '[project]\nname = "functions"\nversion = "0.1.0"\nrequires-python = ">=3.12"\n' +
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  'packages/functions/src/functions/__init__.py': '',
  'packages/functions/src/functions/api/__init__.py': '',
  'packages/functions/src/functions/api/health.py':
    'from functions.utils import U\ndef handler(e, c): return [U]\n',
  'packages/functions/src/functions/utils.py': 'U="util"\n',
};

interface Bundled {
  readonly handler: unknown;
  readonly sources: readonly string[];
  readonly root: string;
  readonly warnings: readonly string[];
}

const bundle = (tree: Readonly<Record<string, string>>, entry: string, props = {}): Bundled => {
  const folder = temporaryFolder();
  writeTree(folder, tree);
  const stack = new Stack(recordingApp().app, 'Stack');
  const plan = PythonFunction.planOf(
    functionIn(stack, 'Health', {
      entry: path.join(folder, entry),
      handler: 'handler',
      ...props,
    }),
  );
  return {
    handler: functionProperties(stack)['Handler'],
    sources: plan.sources.map((source) => source.path),
    root: path.relative(folder, plan.entry.root),
    warnings: Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .map(({ entry: { data } }) => String(data).replaceAll(`${folder}/`, '')),
  };
};

const HEALTH = 'packages/functions/src/functions/api/health.py';

test('an entry that imports its own package is bundled from the folder of packages, and the handler follows', () => {
  assert.equal(bundle(WORKSPACE, HEALTH), {
    handler: 'functions.api.health.handler',
    sources: [
      'functions/__init__.py',
      'functions/api/__init__.py',
      'functions/api/health.py',
      'functions/utils.py',
    ],
    root: 'packages/functions/src',
    warnings: [],
  });
});

test('so is one that imports relatively, and one in a folder that is given with its index', () => {
  const tree = { ...WORKSPACE, [HEALTH]: 'from ..utils import U\ndef handler(e, c): return [U]\n' };
  assert.is(bundle(tree, HEALTH).handler, 'functions.api.health.handler');
  assert.is(
    bundle(tree, path.dirname(HEALTH), { index: 'health.py' }).handler,
    'functions.api.health.handler',
  );
  assert.is(
    bundle(tree, path.dirname(HEALTH), { index: 'health.py', handler: undefined }).handler,
    'functions.api.health.handler',
  );
});

test('so is one that imports its package behind another import, by a call, or behind a semicolon', () => {
  for (const line of [
    'import os, functions.utils',
    'import os;import functions.utils',
    'import os; from .. import utils',
    'from functions \\\n  import utils',
    'from importlib import import_module\nU = import_module("functions.utils")',
    'from importlib import import_module\nU = import_module("..utils", __package__)',
  ]) {
    const tree = { ...WORKSPACE, [HEALTH]: `${line}\ndef handler(e, c): return 1\n` };
    assert.is(bundle(tree, HEALTH).handler, 'functions.api.health.handler', line);
  }
});

test('the folder is the one that the build backend is told of', () => {
  const tree = Object.fromEntries(
    Object.entries(WORKSPACE).map(([file, text]) => [
      file.replace('/src/', '/python/'),
      file.endsWith('functions/pyproject.toml')
        ? `${text}[tool.hatch.build.targets.wheel]\npackages = ["python/functions"]\n`
        : text,
    ]),
  );
  const { handler, root } = bundle(tree, HEALTH.replace('/src/', '/python/'));
  assert.equal([handler, root], ['functions.api.health.handler', 'packages/functions/python']);
});

test('an entry that imports nothing of its package is bundled as it was', () => {
  for (const source of [
    'import os\n',
    'import helper\n',
    'def f():\n  from functions.utils import U\n',
    'try:\n  from .utils import U\nexcept ImportError:\n  from utils import U\n',
  ]) {
    const tree = {
      ...WORKSPACE,
      [HEALTH]: `${source}def handler(e, c): pass\n`,
      [path.join(path.dirname(HEALTH), 'helper.py')]: '',
    };
    const { handler, root } = bundle(tree, HEALTH);
    assert.equal([handler, root], ['health.handler', path.dirname(HEALTH)], source);
  }
});

test('a folder of the same name beside the entry is the one that is meant', () => {
  const beside = path.join(path.dirname(HEALTH), 'functions/utils.py');
  assert.is(bundle({ ...WORKSPACE, [beside]: 'U = 1' }, HEALTH).root, path.dirname(HEALTH));
});

test('the project itself, where it is installed, has the module already', () => {
  const requirements = path.join(path.dirname(HEALTH), 'requirements.txt');
  assert.is(bundle({ ...WORKSPACE, [requirements]: '../../..\n' }, HEALTH).root, path.dirname(HEALTH));
});

test('without a src layout a warning says which entry would do', () => {
  const tree = {
    'package.json': '{}',
    'app/functions/__init__.py': '',
    'app/functions/health.py': 'from functions.utils import U\ndef handler(e, c): return [U]\n',
    'app/functions/utils.py': 'U=1\n',
  };
  const { handler, warnings } = bundle(tree, 'app/functions/health.py');
  assert.is(handler, 'health.handler');
  assert.equal(warnings, [
    "One import was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      "  app/functions/health.py:1 imports functions. It is found if `entry` is the folder app, with `index: 'functions/health.py'`." +
      ' [ack: cdk-lambda-python:importNotFound]',
  ]);
  const relative = bundle(
    { ...tree, 'app/functions/health.py': 'from .utils import U\ndef handler(e, c): return [U]\n' },
    'app/functions/health.py',
  );
  assert.equal(relative.warnings, [
    "One import was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      "  app/functions/health.py:1 imports .utils. It is found if `entry` is the folder app, with `index: 'functions/health.py'`." +
      ' [ack: cdk-lambda-python:importNotFound]',
  ]);
});

test('an entry beside a src folder that imports its own package is told what includes it', () => {
  const tree = {
    'package.json': '{}',
    'b/pyproject.toml': '[project]\nname = "b"\nversion = "1"\nrequires-python = ">=3.13"\n',
    'b/h.py': 'import b\ndef handler(e, c): pass\n',
    'b/src/b/__init__.py': '',
  };
  assert.equal(bundle(tree, 'b/h.py').warnings, [
    "One import was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      "  b/h.py:1 imports b. It is found with b/src/b in `bundling.include`, `to: 'b'`." +
      ' [ack: cdk-lambda-python:importNotFound]',
  ]);
});

test.run();
