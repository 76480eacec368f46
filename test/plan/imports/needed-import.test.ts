import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { handlerModule } from '../../../src/plan/imports/handler-module';
import { namedFor } from '../../../src/plan/imports/distribution-for-import';
import { neededAmong, outerImports } from '../../../src/plan/imports/needed-import';

const test = suite('which import an entry needs from elsewhere');

const AT_HAND = new Set(['os', 'json', 'importlib', 'typing', 'boto3']);

/** What is needed by `index.py`, as `file:line module`; undefined for nothing. */
const needed = (
  texts: Readonly<Record<string, string>>,
  entries = ['index.py'],
  { handler = '', declared = [] }: { readonly handler?: string; readonly declared?: readonly string[] } = {},
): string | undefined => {
  const named = handlerModule(handler);
  const outer = outerImports({
    entries,
    ...(named === undefined ? {} : { handler: named }),
    files: Object.keys(texts),
    textOf: (file) => texts[file],
  });
  const found = neededAmong(outer.imports, (name) => AT_HAND.has(name), namedFor(declared));
  return found && `${found.file}:${found.line} ${found.module}`;
};

/** What the entry needs of a project that declares nothing that it names, and of one that declares these distributions. */
const neededOf = (text: string, ...declared: readonly string[]): readonly (string | undefined)[] =>
  [[], declared].map((each) => needed({ 'index.py': text }, ['index.py'], { declared: each }));

for (const [text, line] of [
  ["lambda_handler = lambda e, c: __import__('idna')", 1],
  ["import importlib\nlazy = lambda: importlib.import_module('idna')", 2],
  ["import importlib\nm = importlib.import_module('idna') if x else None", 2],
  ["import importlib\nm = importlib.import_module(name='idna')", 2],
  ["import importlib\nm = importlib.import_module('.core', 'idna')", 2],
  ["import importlib\nm = importlib.import_module('..core', package='idna.deep')", 2],
  ["import importlib\nfor n in ('idna', 'json'):\n  importlib.import_module(n)", 3],
  ["import importlib\nN = 'idna'\ndef f():\n  return importlib.import_module(N)", 4],
] as const)
  test(`a call that may import a declared package needs it: ${JSON.stringify(text)}`, () => {
    assert.is(neededOf(text, 'idna')[1], `index.py:${line} idna`);
    assert.is(neededOf(text, 'six')[1], neededOf(text)[0]);
  });

test('a text that names a declared package is no import where no call has a name from elsewhere', () => {
  assert.equal(neededOf("import importlib\nx = 'idna'\nimportlib.import_module('json')", 'idna'), [
    undefined,
    undefined,
  ]);
});

test('`import *` of a package imports what its `__all__` names', () => {
  const texts = { 'index.py': 'from helper import *\n', 'helper/client.py': 'import idna\n' };
  const named = "__all__ = ['client', 'other']\n";
  assert.is(needed({ ...texts, 'helper/__init__.py': named }), 'helper/client.py:1 idna');
  assert.is(needed({ ...texts, 'helper/__init__.py': "x = 'client'\n" }), undefined);
});

test('nothing where the standard library, the runtime and own files have all', () => {
  assert.is(
    needed({ 'index.py': 'import os, json\nimport boto3.session\nfrom helper import x\n', 'helper.py': '' }),
    undefined,
  );
  assert.is(
    needed({
      'index.py': 'import pkg.inner\nfrom native import f\n',
      'pkg/inner.py': '',
      'native.cpython-312-x86_64-linux-gnu.so': '',
    }),
    undefined,
  );
  assert.is(needed({}), undefined);
});

test('the first import of another module, in the entry or in what it imports', () => {
  assert.is(needed({ 'index.py': 'import os\nimport requests.adapters\n' }), 'index.py:2 requests');
  assert.is(
    needed({
      'index.py': 'import a.b\n',
      'a/__init__.py': '',
      'a/b.py': 'from . import c\n',
      'a/c.py': '\nimport yaml\n',
    }),
    'a/c.py:2 yaml',
  );
  assert.is(
    needed({ 'index.py': 'from a import b\n', 'a/b.py': 'from ..x import y\nfrom yaml import z\n' }),
    'a/b.py:2 yaml',
  );
  // A folder of data is no module.
  assert.is(needed({ 'index.py': 'import yaml\n', 'yaml/a.yaml': '' }), 'index.py:1 yaml');
});

test('of modules that the entry does not import nothing is needed, unless it imports by names that no text has', () => {
  const tests = { 'tests/test_index.py': 'import pytest\n', 'stack.other.py': 'import yaml\n' };
  assert.is(needed({ 'index.py': 'import os\n', ...tests }), undefined);
  assert.is(needed({ 'index.py': 'import importlib\n', ...tests }), 'tests/test_index.py:1 pytest');
  assert.is(needed({ 'index.py': '__import__(name)\n', ...tests }), 'tests/test_index.py:1 pytest');
  // Any module of a layer may be imported.
  assert.is(needed(tests, []), 'tests/test_index.py:1 pytest');
});

test('an import in a function is needed; one that can fail is not, where it is not declared', () => {
  assert.is(
    needed({ 'index.py': 'def f():\n    """import no"""\n    import requests\n' }),
    'index.py:3 requests',
  );
  assert.is(
    needed({ 'index.py': 'class A:\n  async def f(self):  # why\n    def g():\n      from yaml import a\n' }),
    'index.py:4 yaml',
  );
  assert.is(needed({ 'index.py': 'def f(): import requests\n' }), 'index.py:1 requests');
  assert.is(
    needed({ 'index.py': 'def f():\n  try:\n    import ujson\n  except ImportError:\n    import json\n' }),
    undefined,
  );
  assert.is(
    needed({ 'index.py': 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import mypy\n' }),
    undefined,
  );
  assert.is(needed({ 'index.py': 'def f():\n    """Example:\n\n    import requests\n    """\n' }), undefined);
});

const IDNA = [undefined, 'index.py:2 idna'];
const OPTIONAL: readonly (readonly [string, readonly string[], readonly (string | undefined)[]])[] = [
  ['try:\n import idna\nexcept ImportError:\n idna = None', ['idna'], IDNA],
  ['try:\n import idna; C = idna.encode\nexcept Exception:\n traceback.print_exc()', ['idna'], IDNA],
  [
    'try:\n import tomllib\nexcept ModuleNotFoundError:\n import tomli as tomllib',
    ['tomli'],
    [undefined, 'index.py:4 tomli'],
  ],
  [
    'if sys.version_info >= (3, 11):\n import json\nelse:\n import idna',
    ['idna'],
    [undefined, 'index.py:4 idna'],
  ],
  ['if sys.version_info >= (3, 8):\n import idna', ['idna'], IDNA],
  ['with suppress(ImportError):\n import idna', ['idna'], IDNA],
  ['try:\n from yaml import a\nexcept ImportError:\n pass', ['pyyaml'], [undefined, 'index.py:2 yaml']],
  ['try:\n import psycopg2\nexcept ImportError:\n pass', ['psycopg2'], [undefined, 'index.py:2 psycopg2']],
  [
    'try:\n import typing_ext\nexcept ImportError:\n pass',
    ['typing-ext'],
    [undefined, 'index.py:2 typing_ext'],
  ],
  ['try:\n import azure.core\nexcept ImportError:\n pass', ['azure-core'], [undefined, 'index.py:2 azure']],
  ['try:\n import idna\nexcept ImportError:\n pass', ['idna-ssl'], [undefined, undefined]],
  ['def f():\n try:\n  import idna\n except ImportError:\n  pass', ['idna'], [undefined, 'index.py:3 idna']],
  ['def f():\n importlib.import_module("idna")', ['idna'], IDNA],
  // One that the entry cannot do without elsewhere is needed in any case.
  [
    'try:\n import idna\nexcept ImportError:\n pass\ndef f():\n import idna',
    [],
    ['index.py:6 idna', 'index.py:6 idna'],
  ],
  // Type checkers alone run these.
  ['if TYPE_CHECKING:\n import idna', ['idna'], [undefined, undefined]],
];

for (const [text, declared, expected] of OPTIONAL)
  test(`${JSON.stringify(text)} is needed where it is declared`, () => {
    assert.equal(neededOf(text, ...declared), expected);
  });

test('a handler of an `except` that always fails itself makes no import optional', () => {
  for (const handler of [
    'raise',
    'log(1)\n  raise',
    'log(1); raise RuntimeError("pip install idna") from e',
    'sys.exit(1)',
    'print("no")\n  exit(1)',
    'os._exit(1)',
  ])
    for (const caught of ['ImportError as e', 'Exception'])
      assert.equal(
        neededOf(`try:\n  import idna\nexcept ${caught}:\n  ${handler}\n`),
        ['index.py:2 idna', 'index.py:2 idna'],
        handler,
      );
  for (const handler of [
    'if x:\n    return x\n  raise',
    'if x:\n    raise',
    'raise_later()',
    'pass',
    'x = 1\nelse:\n  raise',
  ])
    assert.equal(neededOf(`try:\n  import idna\nexcept ImportError:\n  ${handler}\n`)[0], undefined, handler);
  // The first handler that gets the exception counts.
  const both = (first: string, second: string): string =>
    `try:\n  import idna\nexcept ImportError:\n  ${first}\nexcept Exception:\n  ${second}\n`;
  assert.is(neededOf(both('raise', 'pass'))[0], 'index.py:2 idna');
  assert.is(neededOf(both('pass', 'raise'))[0], undefined);
});

test('own modules in a `try` are followed, both forms of an import', () => {
  const dual = 'try:\n  from .helper import x\nexcept ImportError:\n  from helper import x\n';
  assert.is(needed({ 'index.py': dual, 'helper.py': 'import idna\n' }), 'helper.py:1 idna');
  assert.is(
    needed({ 'a/index.py': dual, 'a/__init__.py': '', 'a/helper.py': 'import idna\n' }, ['a/index.py']),
    'a/helper.py:1 idna',
  );
});

test('a name in a call that imports is needed', () => {
  for (const text of [
    'importlib.import_module("idna")',
    "x = importlib.import_module('idna.core').encode",
    'from importlib import import_module as im; im("idna")',
    'from importlib import import_module\nx = [import_module("idna")]',
    '__import__("idna")',
    '__import__("idna", globals())',
  ])
    assert.is(needed({ 'index.py': text })?.split(' ')[1], 'idna', text);
  for (const text of [
    '__import__("idna" + x)',
    '__import__(f"idna{x}")',
    'import_module(".idna", x)',
    'im("idna")',
  ])
    assert.is(needed({ 'index.py': text }), undefined, text);
});

test('the module of a handler with dots is needed, unless it is the own one or at hand', () => {
  const texts = {
    'index.py': 'import os\n',
    'pkg/__init__.py': 'import yaml\n',
    'other.py': 'import idna\n',
  };
  const of = (handler: string): string | undefined => needed(texts, ['index.py'], { handler });
  assert.is(of('datadog_lambda.handler.handler'), 'index.py:0 datadog_lambda');
  assert.is(of('datadog_lambda/handler.handler'), 'index.py:0 datadog_lambda');
  assert.is(of('os.path.join'), undefined);
  assert.is(of('other.run'), 'other.py:1 idna');
  assert.is(of('pkg.run'), 'pkg/__init__.py:1 yaml');
  assert.is(of('index.run'), undefined);
  assert.is(of('run'), undefined);
  assert.is(of('run.sh'), undefined);
});

test.run();
