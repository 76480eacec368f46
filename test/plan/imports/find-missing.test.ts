import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findMissing } from '../../../src/plan/imports/find-missing';
import { exportedNames } from '../../../src/plan/python-source/exported-names';
import { moduleTree } from '../../../src/plan/imports/module-tree';
import { readImports } from '../../../src/plan/python-source/python-imports';

const test = suite('find missing imports');

/** Missing names as `file:line:name`, of modules with texts, beside files that were installed. */
const missing = (
  own: Readonly<Record<string, string>>,
  installed: readonly string[] = [],
  start = 'index',
): string => {
  const ownTree = moduleTree(Object.keys(own));
  const places = {
    own: ownTree,
    all: [ownTree, moduleTree(installed)],
    isProvided: (name: string) => ['os', 'json', 'boto3', 'email'].includes(name),
    makesModules: (key: string) => own[`${key}.py`]?.includes('sys.modules') === true,
  };
  const found = findMissing(places, [start], (key) => {
    const text = own[`${key}.py`];
    return text === undefined
      ? undefined
      : {
          file: `/p/${key}.py`,
          imports: readImports(text),
          changesPath: text.includes('sys.path'),
          ...(exportedNames(text).isSure ? { exports: exportedNames(text).names } : {}),
        };
  });
  return found.map(({ name, file, line }) => `${file.slice(3)}:${line}:${name}`).join(' ');
};

test('what Python, the runtime, own files and installed ones have is found', () => {
  const own = {
    'index.py':
      'import os, json, boto3\nimport helper, pkg.sub\nimport requests, six, _cffi_backend\nimport only_pyc',
    'helper.py': '',
    'pkg/__init__.py': '',
    'pkg/sub.py': '',
  };
  const installed = [
    'requests/__init__.py',
    'six.py',
    '_cffi_backend.cpython-313-x86_64-linux-gnu.so',
    'only_pyc.pyc',
  ];
  assert.is(missing(own, installed), '');
});

test('what nobody has is named once, with the place of its first import', () => {
  const own = {
    'index.py': 'import os\nimport yaml\nfrom yaml import load\nimport a.b.c',
    'b.py': 'import zzz',
  };
  assert.is(missing(own), 'index.py:2:yaml index.py:4:a');
});

test('own modules are followed, and those that nothing imports are not', () => {
  const own = {
    'index.py': 'from pkg import sub, value\nimport other',
    'pkg/__init__.py': 'import one',
    'pkg/sub.py': 'import os\nfrom .deep import x',
    'pkg/deep.py': 'import two',
    'other.py': 'import index\nimport three',
    'script.py': 'import four',
  };
  assert.is(missing(own), 'pkg/__init__.py:1:one other.py:2:three pkg/deep.py:1:two');
});

test('a submodule of a package of the user must be there; one of an installed package may be made when it is imported', () => {
  const own = {
    'index.py': 'import pkg.gone\nimport six.moves.urllib\nimport helper.x',
    'pkg/__init__.py': '',
    'helper.py': '',
  };
  assert.is(missing(own, ['six.py']), 'index.py:1:pkg.gone index.py:3:helper.x');
});

test('a module of the user may make submodules', () => {
  const own = {
    'index.py': 'import six.moves.urllib\nfrom pkg.made import x',
    'six.py': 'sys.modules[__name__ + ".moves"] = 1',
    'pkg/__init__.py': 'sys.modules["pkg.made"] = 1',
  };
  assert.is(missing(own), '');
});

test('a namespace package has what its folders have, wherever they are', () => {
  const own = {
    'index.py':
      'from google.cloud import storage, bigquery\nimport google.protobuf.message\nimport google.auth\nfrom google.cloud.gone import x',
  };
  const installed = [
    'google/cloud/storage/__init__.py',
    'google/protobuf/__init__.py',
    'google/cloud/py.typed',
  ];
  assert.is(
    missing(own, installed),
    'index.py:1:google.cloud.bigquery index.py:3:google.auth index.py:4:google.cloud.gone',
  );
});

test('a folder without __init__ hides no module of Python', () => {
  assert.is(
    missing({
      'index.py': 'from email import message\nimport json.decoder',
      'email/a.html': '',
      'json/x.txt': '',
    }),
    '',
  );
});

test('relative imports are looked for in their package, which the entry has none of at the top', () => {
  const own = {
    'index.py': 'from . import helper\nfrom .helper import x\nfrom pkg import a',
    'helper.py': '',
    'pkg/__init__.py': 'from .a import b\nfrom . import c, d',
    'pkg/a.py': 'from . import b\nfrom .. import x\nfrom .gone import y',
    'pkg/b/__init__.py': 'from ..a import c',
  };
  assert.is(missing(own), 'index.py:1:.helper pkg/a.py:2:..x pkg/a.py:3:pkg.gone');
  assert.is(missing({ 'index.py': 'from . import *' }), 'index.py:1:.');
});

test('a package without __init__ must have what is imported from it', () => {
  const own = {
    'index.py': 'from lib import a, gone\nfrom lib.sub import *',
    'lib/a.py': 'from . import b',
    'lib/sub/x.py': '',
  };
  assert.is(missing(own), 'index.py:1:lib.gone');
  assert.is(
    missing({ 'lib/index.py': 'from . import a, gone', 'lib/a.py': '' }, [], 'lib/index'),
    'lib/index.py:1:lib.gone',
  );
});

test('where a module changes sys.path nothing is known to be missing', () => {
  const own = {
    'index.py': 'import gone\nimport helper',
    'helper.py': 'import sys\nsys.path.insert(0, "/mnt/x")',
  };
  assert.is(missing(own), '');
});

test('imports that may not run are neither missing nor followed', () => {
  const own = { 'index.py': 'if x:\n  import gone\n  import helper', 'helper.py': 'import gone' };
  assert.is(missing(own), '');
});

test('`import *` imports the modules that `__all__` names for certain', () => {
  const all = (text: string): string =>
    missing({
      'index.py': 'from helper import *',
      'helper/__init__.py': text,
      'helper/client.py': 'import gone',
    });
  for (const text of [
    "__all__ = ['client']",
    "__all__ = []\n__all__ += ['client', 'x']",
    "__all__ = []\n__all__.append('client')",
    "__all__ = 'client x'.split()",
  ])
    assert.is(all(text), 'helper/client.py:1:gone', text);
  for (const text of [
    '',
    "__all__ = ['x']",
    "if x:\n  __all__ = ['client']",
    "__all__ = ['client']\nclient = 1",
    "__all__ = ['client']\ndef client(): pass",
    "__all__ = ['client'] + more()",
    "from x import client\n__all__ = ['client']".replace('from x', 'from os'),
  ])
    assert.is(all(text), '', text);
});

test('the `else` of a `try` runs where its imports are found', () => {
  const after = (tried: string): string =>
    missing({ 'index.py': `try:\n  ${tried}\nexcept ImportError:\n  pass\nelse:\n  import gone` });
  assert.is(after('import json'), 'index.py:6:gone');
  assert.is(after('import json, os'), 'index.py:6:gone');
  assert.is(after('import yaml'), '');
  assert.is(after('import json, yaml'), '');
  assert.is(after('import json; json.loads(x)'), '');
  assert.is(after('json.loads(x)'), '');
});

test.run();
