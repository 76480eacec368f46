import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonFunctionProps } from '../../src/construct/index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { functionIn, realApp, withEnvironment } from './support/app';
import { told } from './support/told-imports';

const test = suite('advice of import warnings');

const INDEX = 'import idna\ndef handler(event, context): pass\n';

const project = (...dependencies: readonly string[]): string =>
  `[project]\nname = "a"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** Layouts, the entry, what is said of it, and the value of `dependencies.from` in that. */
const LAYOUTS: Readonly<
  Record<string, readonly [Readonly<Record<string, string>>, PythonFunctionProps, string, string]>
> = {
  'a project without dependencies lies between': [
    { 'a/fn/index.py': INDEX, 'a/pyproject.toml': project(), 'pyproject.toml': project('idna==3.10') },
    { entry: 'a/fn' },
    'a/fn/index.py',
    '../../pyproject.toml',
  ],
  'what is declared beside the entry lacks it': [
    { 'fn/index.py': INDEX, 'fn/requirements.txt': 'six==1.17.0\n', 'requirements.txt': 'idna==3.10\n' },
    { entry: 'fn' },
    'fn/index.py',
    '../requirements.txt',
  ],
  'the index lies in a folder of the entry': [
    { 'fn/api/index.py': INDEX, 'requirements.txt': 'idna==3.10\n' },
    { entry: 'fn', index: 'api/index.py' },
    'fn/api/index.py',
    '../../requirements.txt',
  ],
};

for (const [name, [tree, props, file, from]] of Object.entries(LAYOUTS))
  test(`\`dependencies.from\` names the declaration as it is found: ${name}`, () => {
    const folder = temporaryFolder();
    writeTree(folder, { ...tree, 'cdk.json': '{}' });
    const given = { ...props, entry: path.join(folder, String(props.entry)) };
    const [line = '', ...more] = told(folder, given);
    assert.match(
      line,
      `${file}:1 imports idna. ${path.basename(from)} has idna: set \`dependencies.from\` to "${from}", or add idna to`,
    );
    assert.equal(more, []);
    assert.equal(told(folder, { ...given, dependencies: { from } }), []);
  });

const GROUPED: Readonly<Record<string, readonly [string, string, PythonFunctionProps['dependencies']]>> = {
  'a group': ['[dependency-groups]\ndev = ["idna==3.10"]\n', 'group dev', { groups: ['dev'] }],
  'an extra': [
    '[project.optional-dependencies]\nfast = ["idna==3.10"]\n',
    'extra fast',
    { extras: ['fast'] },
  ],
};

for (const [name, [table, where, choice]] of Object.entries(GROUPED))
  test(`what only ${name} has is named with it`, () => {
    const folder = temporaryFolder();
    writeTree(folder, {
      'fn/index.py': INDEX,
      'pyproject.toml': `${project()}${table}`,
      'cdk.json': '{}',
    });
    const given = { entry: path.join(folder, 'fn') };
    const from = '../pyproject.toml';
    const [[option, names] = []] = Object.entries(choice ?? {});
    const asked = `set \`dependencies.from\` to "${from}" and set \`dependencies.${option}\` to ${JSON.stringify(names)}`;
    assert.equal(told(folder, given), [
      `  fn/index.py:1 imports idna. pyproject.toml has idna in the ${where}: ${asked}, or add idna to a requirements.txt beside the entry.`,
    ]);
    assert.equal(told(folder, { ...given, dependencies: { from, ...choice } }), []);
  });

test('a member of a uv workspace: what its root declares is not taken, and the message says why and what to do', () => {
  const member = `[project]\nname = "fn"\nversion = "1"\ndependencies = []\n`;
  const root = `${project('idna==3.10')}[tool.uv.workspace]\nmembers = ["fn"]\n`;
  const said = (tree: Readonly<Record<string, string>>): readonly string[] => {
    const folder = temporaryFolder();
    writeTree(folder, { 'fn/index.py': INDEX, 'pyproject.toml': root, 'cdk.json': '{}', ...tree });
    return told(folder, { entry: path.join(folder, 'fn') });
  };
  assert.equal(said({ 'fn/pyproject.toml': member }), [
    "  fn/index.py:1 imports idna. fn/pyproject.toml is a member of the uv workspace of pyproject.toml, which has no uv.lock: only the member's own dependencies are installed. Add idna to fn/pyproject.toml, and run `uv lock` in the folder of pyproject.toml.",
  ]);
  const sibling = said({ 'fn/pyproject.toml': member, 'pyproject.toml': project('idna==3.10') });
  assert.match(String(sibling[0]), 'pyproject.toml has idna: set `dependencies.from` to');
});

test('a folder between `entry` and the index that has the package is named as the entry', () => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'cdk.json': '{}',
    'packages/functions/src/functions/api/health.py':
      'from functions import shared\ndef handler(event, context): pass\n',
    'packages/functions/src/functions/shared.py': '',
  });
  const entry = path.join(folder, 'packages/functions');
  assert.equal(told(folder, { entry, index: 'src/functions/api/health.py' }), [
    "  packages/functions/src/functions/api/health.py:1 imports functions. It is found if `entry` is the folder packages/functions/src, with `index: 'functions/api/health.py'`.",
  ]);
  const advised = { entry: path.join(entry, 'src'), index: 'functions/api/health.py' };
  assert.equal(told(folder, advised), []);
});

test('a handler string that begins at the entry of a `src` layout is named from the folder of packages', () => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'cdk.json': '{}',
    'pyproject.toml': `${project()}[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n`,
    'src/functions/api/health.py': 'from functions import shared\ndef handler(event, context): pass\n',
    'src/functions/__init__.py': '',
    'src/functions/api/__init__.py': '',
    'src/functions/shared.py': '',
  });
  const given = { entry: path.join(folder, 'src/functions/api'), index: 'health.py' };
  assert.equal(told(folder, { ...given, handler: 'health.handler' }), [
    '  The handler health.handler is in health. In the bundle it lies further down, so set `handler` to "functions.api.health.handler".',
  ]);
  assert.equal(told(folder, { ...given, handler: 'functions.api.health.handler' }), []);
});

test('functions that share a missing import are told of together only where the advice is the same', () => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'common.py': 'import idna\n',
    'f/index.py': INDEX,
    'f/requirements.txt': 'six==1.17.0\n',
  });
  const entry = path.join(folder, 'f');
  const lines = withEnvironment(
    { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() },
    () => {
      const stack = new Stack(realApp(), 'Stack');
      functionIn(stack, 'One', { entry });
      functionIn(stack, 'Two', { entry, dependencies: { from: 'none' } });
      functionIn(stack, 'Three', { entry });
      return Annotations.fromStack(stack)
        .findWarning('*', Match.anyValue())
        .map(({ id, entry: { data } }) => [
          id,
          ...String(data).replaceAll(`${folder}/`, '').split('\n').slice(1),
        ]);
    },
  );
  assert.equal(lines, [
    [
      '/Stack/One',
      '  f/index.py:1 imports idna. idna provides it: add that to f/requirements.txt.',
      'The same holds for:',
      '  Stack/Three [ack: cdk-lambda-python:importNotFound]',
    ],
    [
      '/Stack/Two',
      "  f/index.py:1 imports idna. `dependencies.from: 'none'` (or the context key cdk-lambda-python:dependenciesFrom) installs nothing. Remove it, and add idna to a requirements.txt beside the entry. [ack: cdk-lambda-python:importNotFound]",
    ],
  ]);
});

test('the message names a relative import as it is written', () => {
  const folder = temporaryFolder();
  const toldOf = (files: Readonly<Record<string, string>>): readonly string[] => {
    writeTree(folder, { 'cdk.json': '{}', ...files });
    return told(folder, { entry: path.join(folder, 'fn/h.py') });
  };
  const rest = 'def handler(event, context): pass\n';
  assert.equal(
    toldOf({ 'fn/h.py': `import helper\n${rest}`, 'fn/helper/__init__.py': 'from .no import x\n' }),
    [
      '  fn/helper/__init__.py:1 imports helper.no. fn/helper is your own, but has no such module. Fix the name, or add the file.',
    ],
  );
  const advice =
    'A relative import needs a package that has the file: set `entry` to the folder above the package, or import by its name the module beside fn/h.py.';
  assert.equal(toldOf({ 'fn/h.py': `from . import helper\n${rest}` }), [
    `  fn/h.py:1 imports .helper. ${advice}`,
  ]);
  assert.equal(toldOf({ 'fn/h.py': `from . import *\n${rest}` }), [
    `  fn/h.py:1 imports from \`.\`. ${advice}`,
  ]);
});

test('a computed import that functions share is reported once', () => {
  const folder = temporaryFolder();
  const load = 'import importlib\ndef load(n): return importlib.import_module(n)\n';
  const rest = 'from load import load\ndef lambda_handler(event, context): pass\n';
  writeTree(folder, {
    'cdk.json': '{}',
    'pyproject.toml': project('six==1.17.0'),
    'fn/load.py': load,
    'fn/a.py': rest,
    'fn/b.py': rest,
  });
  withEnvironment({ CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }, () => {
    const stack = new Stack(realApp(), 'Stack');
    for (const name of ['a', 'b']) functionIn(stack, name, { entry: path.join(folder, `fn/${name}.py`) });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    const shown = warnings.map(({ id, entry }) => `${id} ${String(entry.data).replaceAll(`${folder}/`, '')}`);
    assert.equal(shown, [
      '/Stack/a fn/load.py:2 imports a module whose name is computed, so nothing tells whether it needs the project above: pyproject.toml is not used. If it needs it, set `dependencies.from` to "../pyproject.toml". If not, acknowledge this warning. [ack: cdk-lambda-python:computedImport]',
    ]);
  });
});

const SIX = 'six==1.17.0\n';

/** Files beside a function, its options, and what is said of its import of idna. */
const LEFT_OUT: Readonly<Record<string, readonly [string, PythonFunctionProps['dependencies'], string]>> = {
  'dependencies.omit': [`${SIX}idna==3.10\n`, { omit: ['idna'] }, '`dependencies.omit`'],
  'dependencies.exclude': [`${SIX}idna==3.10\n`, { exclude: ['idna/'] }, '`dependencies.exclude`'],
  'a marker': [`${SIX}idna==3.10; python_version < "3.10"\n`, {}, 'its marker'],
};

for (const [name, [requirements, dependencies = {}, by]] of Object.entries(LEFT_OUT))
  test(`what leaves out a declared distribution is named: ${name}`, () => {
    const folder = temporaryFolder();
    writeTree(folder, { 'cdk.json': '{}', 'fn/index.py': INDEX, 'fn/requirements.txt': requirements });
    assert.equal(told(folder, { entry: path.join(folder, 'fn'), dependencies }), [
      `  fn/index.py:1 imports idna. fn/requirements.txt has idna, but ${by} leaves it out.`,
    ]);
  });

test('a group or an extra of the project in use, or of one beside the entry, is named', () => {
  const extra = '[project.optional-dependencies]\nfast = ["idna==3.10"]\n';
  for (const dependencies of [[], ['six==1.17.0']]) {
    const folder = temporaryFolder();
    const files = { 'fn/index.py': INDEX, 'fn/pyproject.toml': `${project(...dependencies)}${extra}` };
    writeTree(folder, { 'cdk.json': '{}', ...files });
    const given = { entry: path.join(folder, 'fn') };
    assert.equal(told(folder, given), [
      '  fn/index.py:1 imports idna. fn/pyproject.toml has idna in the extra fast: set `dependencies.extras` to ["fast"], or add idna to fn/pyproject.toml.',
    ]);
    assert.equal(told(folder, { ...given, dependencies: { extras: ['fast'] } }), []);
  }
});

test('an own module of nearly the same name is named, and a module that has the name of its distribution', () => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'cdk.json': '{}',
    'fn/index.py':
      'import Helper\nimport my_helper\nimport setuptools\nimport attrs\ndef lambda_handler(e, c): pass\n',
    'fn/helper.py': '',
    'fn/my-helper.py': '',
  });
  const add = (name: string) => `${name} provides it: add that to a requirements.txt beside the entry.`;
  assert.equal(told(folder, { entry: path.join(folder, 'fn') }), [
    '  fn/index.py:1 imports Helper. fn/helper.py is your own module: import helper.',
    '  fn/index.py:2 imports my_helper. fn/my-helper.py is your own module, but no import can name it. Rename it to my_helper.',
    `  fn/index.py:3 imports setuptools. ${add('setuptools')}`,
    `  fn/index.py:4 imports attrs. ${add('attrs')}`,
  ]);
});

test.run();
