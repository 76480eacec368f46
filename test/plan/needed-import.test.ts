import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { neededAmong, outerImports } from '../../src/plan/needed-import';

const test = suite('which import an entry needs from elsewhere');

const AT_HAND = new Set(['os', 'json', 'importlib', 'typing', 'boto3']);

/** What is needed by `index.py`, as `file:line module`; undefined for nothing. */
const needed = (texts: Readonly<Record<string, string>>, entries = ['index.py']): string | undefined => {
  const outer = outerImports({ entries, files: Object.keys(texts), textOf: (file) => texts[file] });
  const found = neededAmong(outer, (name) => AT_HAND.has(name));
  return found && `${found.file}:${found.line} ${found.module}`;
};

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

test('an import in a function is needed; one that can fail is not', () => {
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

test.run();
