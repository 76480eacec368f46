import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { showPlanWarning } from '../../src/plan/errors/plan-warning';
import { neededLine } from '../../src/plan/show/needed-declaration-line';
import { requestFor } from '../exec/support/requests';
import { MONO_LOCK, monoProject } from '../support/mono-project';
import { installs, planIn, treeOf } from '../support/planned-tree';
import { reliabilityTable } from '../support/reliability-table';
import { writeTree } from '../support/temporary';

const { row, run } = reliabilityTable(
  suite('imports that need the project around a function'),
  'hostile: imports that need the project around a function',
);

const NEEDING_NOTHING = 'import boto3, json\ndef lambda_handler(e, c): return 1\n';

const PROJECT = monoProject('idna==3.10');

/** Entries that work without `idna`. */
const OPTIONAL: readonly (readonly [string, string])[] = [
  ['a fallback', 'try:\n import tomllib_2\nexcept ModuleNotFoundError:\n import idna as tomllib_2\n'],
  ['a branch', 'import sys\nif sys.version_info >= (3, 8):\n import idna\nelse:\n import json\n'],
  ['a caught exception', 'try:\n import idna; C = idna.encode\nexcept Exception:\n print(1)\n'],
  ['in a function', 'def f():\n try:\n  import idna\n except ImportError:\n  raise_it()\n'],
  ['the faster one', 'try:\n import idna\nexcept ImportError:\n idna = None\n'],
];

row(
  'an import that the function works without: in a `try` or a branch for a version',
  'the project around it is installed where it declares the distribution, for the target as well',
  async (tryCase) => {
    const installed = (text: string, files: Readonly<Record<string, string>>): string | null =>
      installs(planIn(treeOf({ 'cdk.json': '{}', 'fn/h.py': text, ...files }), 'fn/h.py', 'stack.ts'));
    for (const [name, text] of OPTIONAL)
      await tryCase(name, () => {
        assert.is(installed(text, { 'pyproject.toml': PROJECT }), 'idna ==3.10');
        assert.is(installed(text, { 'pyproject.toml': monoProject('six==1.17.0', 'idna-ssl==1.1') }), null);
        assert.is(
          installed(text, { 'pyproject.toml': monoProject('six', "idna==3.10; python_version<'3.8'") }),
          null,
        );
        // It is one of a group for development, so it would not be installed.
        const group = '[dependency-groups]\ndev = ["idna"]\n';
        assert.is(installed(text, { 'pyproject.toml': monoProject('six') + group }), null);
      });
    const [[, text = ''] = []] = OPTIONAL;
    await tryCase('a lock', () => {
      const locked = (name: string): string | null =>
        installed(text.replaceAll('idna', name), { 'pyproject.toml': PROJECT, 'uv.lock': MONO_LOCK });
      assert.match(String(locked('idna')), /^idna==3\.10 --hash/);
      assert.is(locked('yaml'), null);
    });
    await tryCase('a requirements file, and one that is wrong', () => {
      // It counts where it lies beside a project.
      const beside = (requirements: string): string | null =>
        installed(text, { 'requirements.txt': requirements, 'pyproject.toml': monoProject('idna') });
      assert.is(beside("six\nidna; python_version<'3.6'\n"), null);
      assert.is(beside('six\n# idna\n'), null);
      assert.is(beside('idna==3.10\n'), '');
      assert.is(beside('idna==3.10; python_version>"3"\nidna; python_version<"3"\n'), '');
      assert.throws(() => beside('idna==3.10\n-r more.txt\n'), /more\.txt/);
      assert.is(beside('six\n-r more.txt\n'), null);
    });
    await tryCase('a Pipfile without a lock', () => {
      assert.throws(() => installed(text, { Pipfile: '[packages]\nidna = "*"\n' }), /pipenv lock/);
      assert.is(installed(text, { Pipfile: '[packages]\nsix = "*"\n' }), null);
    });
  },
);

row(
  'an import that fails on Lambda all the same: its handler raises, or an own module has it',
  'the project around it is installed, whatever its distributions are called',
  async (tryCase) => {
    const around = { 'cdk.json': '{}', 'pyproject.toml': monoProject('odd-name==1') };
    for (const [name, text, files] of [
      ['raise', 'try:\n import idna\nexcept ImportError:\n raise\n', {}],
      [
        'raise another',
        'try:\n import idna\nexcept ImportError as e:\n raise RuntimeError("x") from e\n',
        {},
      ],
      ['exit', 'import sys\ntry:\n import idna\nexcept Exception:\n sys.exit(1)\n', {}],
      [
        'both forms of an own import',
        'try:\n from .helper import x\nexcept ImportError:\n from helper import x\n',
        { 'fn/helper.py': 'import idna\nx = 1\n' },
      ],
      ['a call', 'import importlib\nM = importlib.import_module("idna")\n', {}],
      ['another call', 'M = __import__("idna")\n', {}],
    ] as const)
      await tryCase(name, () => {
        const folder = treeOf({ ...around, 'fn/h.py': text, ...files });
        assert.is(installs(planIn(folder, 'fn/h.py', 'stack.ts')), 'odd-name ==1');
      });
  },
);

row(
  'a handler of a module that the function does not have, such as `datadog_lambda.handler.handler`',
  'the project around it is installed, and the line names the handler',
  async (tryCase) => {
    const folder = treeOf({
      'cdk.json': '{}',
      'fn/h.py': NEEDING_NOTHING,
      'fn/stack.fn.py': NEEDING_NOTHING,
      'pyproject.toml': PROJECT,
    });
    const planned = (handler: string, changes: Partial<BundleRequest> = {}, entry = 'fn/h.py') =>
      installs(planIn(folder, entry, 'stack.ts', { handler, ...changes }));
    await tryCase('of a dependency', () => {
      assert.is(planned('idna.core.handler'), 'idna ==3.10');
      assert.is(planned('idna.core.handler', { layerModules: ['idna'] }), null);
      const request = requestFor(path.join(folder, 'fn/h.py'), {
        handler: 'idna.core.handler',
        definingFiles: [path.join(folder, 'stack.ts')],
      });
      const { needed, entry } = survey(request)();
      assert.is(
        needed && entry && neededLine('Orders', entry, needed),
        'Orders: dependencies from ../pyproject.toml, because the handler idna.core.handler is in idna',
      );
    });
    await tryCase('of the function, of Python, a program', () => {
      for (const handler of ['h.lambda_handler', 'lambda_handler', 'json.dumps', 'run.sh'])
        assert.is(planned(handler), null, handler);
      // The entry has another name in the bundle.
      assert.is(planned('stack_fn.lambda_handler', {}, 'fn/stack.fn.py'), null);
    });
    await tryCase('beside a declaration that is not used', () => {
      const unchosen = treeOf({ 'cdk.json': '{}', 'fn/h.py': NEEDING_NOTHING, 'fn/pylock.prod.toml': '' });
      assert.throws(
        () =>
          planIn(unchosen, 'fn/h.py', 'stack.ts', {
            handler: 'idna.core.handler',
            runtime: { prop: 'python3.12' },
          }),
        /^The handler idna\.core\.handler is in idna, and no declaration beside the entry is used: /,
      );
    });
  },
);

row(
  'an import in an own module of another encoding, behind a colon, or behind a semicolon',
  'the project around it is installed',
  async (tryCase) => {
    for (const [name, text] of Object.entries({
      'Latin-1': Buffer.from('# -*- coding: latin-1 -*-\nNAME = "Jos\xe9"\nimport idna\n', 'latin1'),
      'Windows line ends and a mark': '\ufeffX = 1\r\nimport idna\r\n',
      'a semicolon': 'X=1;import idna\n',
      'a colon in a function': 'def f(x):\n  if x: import idna\n',
      'a syntax error further down': 'import idna\ndef f(:\n',
      'syntax of Python 3.14':
        'type X = int\ntry:\n  import json\nexcept OSError, ValueError:\n  X = t"{json}"\nimport idna\n',
    }))
      await tryCase(name, () => {
        const folder = treeOf({
          'cdk.json': '{}',
          'fn/h.py': `import helper\n${NEEDING_NOTHING}`,
          'pyproject.toml': PROJECT,
        });
        writeTree(folder, { 'fn/helper.py': text });
        assert.is(installs(planIn(folder, 'fn/h.py', 'stack.ts')), 'idna ==3.10');
      });
  },
);

/** Calls whose names are in texts: of the module, or of another own one. */
const IN_TEXTS: Readonly<Record<string, string>> = {
  'an f-string': "def f(n): return importlib.import_module(f'idna.{n}')",
  'a sum': "def f(n): return importlib.import_module('idna.' + n)",
  'a format': "def f(n): return importlib.import_module('idna.{}'.format(n))",
  'a percent sign': "def f(n): return importlib.import_module('idna.%s' % n)",
  map: "found = map(importlib.import_module, ['idna'])",
  partial: "import functools\nload = functools.partial(importlib.import_module, 'idna')",
  'another name': "load = importlib.import_module\nload('idna')",
  'another module': 'from conf import BACKEND\ndef f(): return importlib.import_module(BACKEND)',
  'a computed __all__': 'import plugins',
  resolve_name: "import pkgutil\ndef f(): return pkgutil.resolve_name('idna:encode')",
  run_module: "import runpy\ndef f(): return runpy.run_module('idna')",
  find_spec: "import importlib.util\ndef f(): return importlib.util.find_spec('idna')",
  version: "import importlib.metadata\nV = importlib.metadata.version('idna')",
};

const BESIDE: Readonly<Record<string, string>> = {
  'cdk.json': '{}',
  'fn/conf.py': "BACKEND = 'idna.core'\n",
  'fn/plugins/__init__.py':
    "import glob\nfrom os.path import basename, dirname, join\n__all__ = [basename(f)[:-3] for f in glob.glob(join(dirname(__file__), '*.py'))]\nfrom . import *\n",
  'fn/plugins/a.py': 'import idna\n',
};

row(
  'a call that imports a module by a name that is a text of the function, in any form',
  'the project around it is installed',
  async (tryCase) => {
    for (const [name, text] of Object.entries(IN_TEXTS))
      await tryCase(name, () => {
        const beside = name === 'a computed __all__' ? BESIDE : { ...BESIDE, 'fn/plugins/a.py': '' };
        const head = name === 'a computed __all__' ? '' : 'import importlib\n';
        const files = { ...beside, 'fn/h.py': `${head}${text}\n`, 'pyproject.toml': PROJECT };
        assert.is(installs(planIn(treeOf(files), 'fn/h.py', 'stack.ts')), 'idna ==3.10');
      });
  },
);

row(
  'a call that imports a module by a name that only a run tells',
  'the project around it is not installed, and a warning names file and line; without such a project there is none',
  async (tryCase) => {
    const warned = (
      text: string,
      files: Readonly<Record<string, string>>,
      changes: Partial<BundleRequest> = {},
    ) => {
      const entry = `${text}def lambda_handler(e, c): return 1\n`;
      const tree = treeOf({ 'cdk.json': '{}', 'fn/h.py': entry, ...files });
      const { install, warnings } = planIn(tree, 'fn/h.py', 'stack.ts', {
        runtime: { prop: 'python3.13' },
        ...changes,
      });
      return { install, warnings: warnings.map((one) => showPlanWarning(one).replaceAll(tree, '')) };
    };
    const around = { 'pyproject.toml': monoProject('six') };
    const message =
      '/fn/h.py:2 imports a module whose name is computed, so it is not known whether it needs the project above: /pyproject.toml is not used. If it is needed, set `dependencies.from` to "../pyproject.toml". If not, acknowledge this warning.';
    const computed =
      "import importlib, os\ndef f(e): return importlib.import_module(os.environ['BACKEND'])\n";
    await tryCase('a variable of the environment', () => {
      assert.equal(warned(computed, around), { install: null, warnings: [message] });
    });
    await tryCase('what the caller says', () => {
      const text = "import importlib\ndef f(e): return importlib.import_module(e['module'])\n";
      assert.equal(warned(text, around), { install: null, warnings: [message] });
    });
    await tryCase('no project with dependencies, or one that is refused', () => {
      const nothing = { install: null, warnings: [] };
      assert.equal(warned(computed, {}), nothing);
      assert.equal(warned(computed, { 'pyproject.toml': monoProject() }), nothing);
      assert.equal(warned(computed, { 'pyproject.toml': '[tool.ruff]\n' }), nothing);
      for (const from of ['none', 'beside'])
        assert.equal(warned(computed, around, { dependencies: { ...DEFAULT_DEPENDENCIES, from } }), nothing);
    });
    await tryCase('names of own modules', () => {
      const text = "import importlib\ndef f(n): return importlib.import_module('plugins.' + n)\n";
      assert.equal(warned(text, { ...around, 'fn/plugins/a.py': '' }), { install: null, warnings: [] });
    });
    await tryCase('the project is needed by another import', () => {
      assert.equal(
        warned(`import idna\n${computed}`, around).warnings.filter((one) => one.includes('computed')),
        [],
      );
    });
  },
);

run();
