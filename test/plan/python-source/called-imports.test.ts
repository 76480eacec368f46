import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { moduleImports } from '../../../src/plan/python-source/python-imports';
import { namedFor } from '../../../src/plan/imports/distribution-for-import';
import { neededAmong, outerImports } from '../../../src/plan/imports/needed-import';

const test = suite('imports by calls');

const PROVIDED = new Set([
  'os',
  'json',
  'importlib',
  'functools',
  'pkgutil',
  'runpy',
  'builtins',
  'glob',
  'pathlib',
]);

/** What is needed of a project with `idna`, and where a name is computed. */
const of = (files: Readonly<Record<string, string>>, ...declared: readonly string[]): string => {
  const { imports, computed } = outerImports({
    entries: ['h.py'],
    files: Object.keys(files),
    textOf: (file) => files[file],
  });
  const needed = neededAmong(imports, (name) => PROVIDED.has(name), namedFor(declared));
  return [
    ...(needed === undefined ? [] : [`${needed.file}:${needed.line} ${needed.module}`]),
    ...(computed === undefined ? [] : [`computed at ${computed.file}:${computed.line}`]),
  ].join(', ');
};

/** Calls that import `idna`, or ask for it; the last line of each does. */
const NAMES_IDNA: readonly string[] = [
  // The package at the top is in the text.
  "import importlib\ndef f(n): return importlib.import_module(f'idna.{n}')",
  "import importlib\ndef f(n): return importlib.import_module('idna.' + n)",
  "import importlib\ndef f(n): return importlib.import_module('idna.%s' % n)",
  "import importlib\ndef f(n, m): return importlib.import_module('idna.%s.%s' % (n, m))",
  "import importlib\ndef f(n): return importlib.import_module('idna.{}'.format(n))",
  "import importlib\ndef f(n): return importlib.import_module('{}.{}'.format('idna', n))",
  "import importlib\ndef f(n): return importlib.import_module('{p}.{n}'.format(n=n, p='idna'))",
  "import importlib\ndef f(n): return importlib.import_module('.'.join(('idna', n)))",
  "import importlib\ndef f(n): return importlib.import_module('id' 'na.' f'{n}')",
  "import importlib\ndef f(n): return importlib.import_module(('idna.') + n.lower())",
  "import importlib\nP = 'idna'\ndef f(n): return importlib.import_module(f'{P}.{n}')",
  "import importlib\nT = 'idna.{}'\ndef f(n): return importlib.import_module(T.format(n))",
  "import importlib\nT = 'idna.%s'\ndef f(n): return importlib.import_module(T % n)",
  "import importlib\ndef f(n): return importlib.import_module('.' + n, 'idna')",
  "import importlib\ndef f(n): return importlib.import_module(f'.{n}', package='idna.a')",
  // The function has another name, or is given to another function.
  "import importlib\nfound = list(map(importlib.import_module, ['idna']))",
  "import importlib, functools\nload = functools.partial(importlib.import_module, 'idna')",
  "import importlib\nload = importlib.import_module; load('idna')",
  "import importlib as i\nload = i.import_module\nagain = load\ndef f(): return again('idna')",
  "from importlib import import_module as im\ndef f(): return [im(x) for x in ['idna']]",
  "import builtins as b\ndef f(): return b.__import__('idna')",
  // The name is in a list, a dictionary or a class, or is a default.
  "import importlib\nfor n in ('json', 'idna'): importlib.import_module(n)",
  "import importlib\nfor _, n in [('a', 'idna')]: importlib.import_module(n)",
  "import importlib\nN = {'a': 'idna'}\ndef f(a): return importlib.import_module(N[a])",
  "import importlib\nN = 'idna json'.split()\ndef f(): return [importlib.import_module(n) for n in N]",
  "import importlib\nN = {'a': 'idna'}\nfor n in sorted(N.values()): importlib.import_module(n)",
  "import importlib\nclass A:\n  N = 'idna'\n  def f(self): return importlib.import_module(self.N)",
  "import importlib\nclass A:\n  def g(self): self.n = 'idna'\n  def f(self): return importlib.import_module(self.n)",
  "import importlib\ndef f(n='idna'): return n\ndef g(x): return importlib.import_module('idna' if x else 'json')",
  "import importlib\nwith importlib.import_module('idna').x as y: pass",
  // Other functions than those of `importlib`, and questions.
  "import pkgutil\ndef f(): return pkgutil.resolve_name('idna:encode')",
  "from pkgutil import resolve_name\ndef f(): return resolve_name('idna.core.encode')",
  "import runpy\ndef f(): return runpy.run_module('idna')",
  "import importlib.util\ndef f(): return importlib.util.find_spec('idna')",
  "from importlib.util import find_spec\nif find_spec('idna'): pass",
  "import importlib.metadata as m\nV = m.version('idna')",
  "from importlib.metadata import version, PackageNotFoundError\ndef f(): return version('idna')",
];

for (const text of NAMES_IDNA)
  test(`idna is needed where it is declared: ${JSON.stringify(text)}`, () => {
    assert.is(of({ 'h.py': text }, 'idna'), `h.py:${text.split('\n').length} idna`);
    assert.not.match(of({ 'h.py': text }, 'six'), /six|computed/);
  });

test('the name of a distribution is asked for, too', () => {
  const text = "from importlib.metadata import version\nV = version('typing-extensions')";
  assert.is(of({ 'h.py': text }, 'typing-extensions'), 'h.py:2 typing_extensions');
});

/** Names that are known wherever the distribution comes from: Python imports the package at the top with the module. */
const ALWAYS: readonly string[] = [
  "import importlib\nM = importlib.import_module(f'idna.{N}')",
  "import importlib\nfor n in ('a', 'b'): importlib.import_module(f'idna.{n}')",
  "import importlib\nN = 'idna'\nM = importlib.import_module(N)",
];

for (const text of ALWAYS)
  test(`idna is needed whatever is declared: ${JSON.stringify(text)}`, () => {
    assert.is(of({ 'h.py': text }), `h.py:${text.split('\n').length} idna`);
  });

test('a name of another own module is followed', () => {
  const conf = {
    'conf.py': "DEBUG = 1\nBACKEND = 'idna.core'  # why\n",
    'pkg/__init__.py': '',
    'pkg/conf.py': "B: str = 'idna'",
  };
  for (const text of [
    'from conf import BACKEND\nM = importlib.import_module(BACKEND)',
    'import conf as c\nM = importlib.import_module(c.BACKEND)',
    "from conf import BACKEND as b\nM = importlib.import_module(f'{b}.x')",
    'from pkg import conf\nM = importlib.import_module(conf.B)',
    'import pkg.conf\nM = importlib.import_module(pkg.conf.B)',
  ])
    assert.is(of({ 'h.py': `import importlib\n${text}`, ...conf }, 'six'), 'h.py:3 idna', text);
  const lazy = 'import importlib\nfrom conf import BACKEND\ndef f(): return importlib.import_module(BACKEND)';
  assert.is(of({ 'h.py': lazy, ...conf }, 'idna'), 'h.py:3 idna');
  assert.is(of({ 'h.py': lazy, ...conf }, 'six'), '');
  // It may have another value.
  const other = { 'conf.py': "import os\nBACKEND = 'idna'\nBACKEND = os.environ['B']\n" };
  assert.is(of({ 'h.py': lazy, ...other }, 'idna'), 'h.py:3 idna, computed at h.py:3');
  assert.is(
    of({ 'h.py': lazy, 'conf.py': 'from more import BACKEND' }, 'six'),
    'conf.py:1 more, computed at h.py:3',
  );
});

/** Names that only a run tells; the last line has the call. */
const COMPUTED: readonly string[] = [
  "import importlib, os\ndef f(): return importlib.import_module(os.environ['BACKEND'])",
  "import importlib\ndef f(e, c): return importlib.import_module(e['module'])",
  'import importlib\ndef f(n): return importlib.import_module(n)',
  "import importlib\ndef f(n): return importlib.import_module(f'idna{n}')",
  "import importlib\ndef f(n): return importlib.import_module(f'{n}.idna')",
  "import importlib\ndef f(n): return importlib.import_module('.x', package=n)",
  'import importlib\ndef f(n): return importlib.import_module(n())',
  'import importlib\nimports = {1: importlib.import_module}',
  'import importlib\ndef f(n): return map(importlib.import_module, n)',
  'import runpy\ndef f(n): return runpy.run_module(n)',
  'def f(n): return __import__(n)',
  "import importlib\nN = 'json'\ndef f(n=N): return importlib.import_module(n)",
];

for (const text of COMPUTED)
  test(`a name is computed: ${JSON.stringify(text)}`, () => {
    assert.is(of({ 'h.py': text }, 'six'), `computed at h.py:${text.split('\n').length}`);
  });

test('a text of the own modules may be a computed name', () => {
  const load =
    "import importlib\ndef load(s):\n  m, _, a = s.partition(':')\n  return getattr(importlib.import_module(m), a)\n";
  const texts = { 'h.py': "from dyn import load\nx = load('idna.core:encode')\n", 'dyn.py': load };
  assert.is(of(texts, 'idna'), 'dyn.py:4 idna, computed at dyn.py:4');
  assert.is(of(texts, 'six'), 'computed at dyn.py:4');
  const given = "import importlib, os\nM = importlib.import_module(os.environ.get('B', 'idna'))";
  assert.is(of({ 'h.py': given }, 'idna'), 'h.py:2 idna, computed at h.py:2');
});

/** Names of the user's own modules, computed or not: the modules count, and nothing is unknown. */
const OWN: readonly string[] = [
  "for p in Path(__file__).parent.glob('plugins/*.py'): importlib.import_module(f'plugins.{p.stem}')",
  "for m in pkgutil.iter_modules(plugins.__path__): importlib.import_module('plugins.' + m.name)",
  "for m in pkgutil.iter_modules(plugins.__path__, 'plugins.'): importlib.import_module(m.name)",
  "for _, n, _ in pkgutil.walk_packages(plugins.__path__, plugins.__name__ + '.'): importlib.import_module(n)",
  'for m in pkgutil.iter_modules(plugins.__path__): importlib.import_module(f"{plugins.__name__}.{m.name}")',
  'for f in os.listdir(os.path.dirname(__file__)): importlib.import_module(f[:-3])',
  "for f in glob.glob(os.path.join(os.path.dirname(__file__), '*.py')): importlib.import_module(os.path.basename(f)[:-3])",
  "def __getattr__(n): return importlib.import_module('.' + n, __name__)",
  "def __getattr__(n): return importlib.import_module(f'.{n}', package=__package__)",
  "def f(n): return importlib.import_module(f'{__name__}.{n}')",
  "def f(n): return importlib.import_module(__name__.rsplit('.', 1)[0] + '.' + n)",
];

for (const text of OWN)
  test(`own modules are imported: ${JSON.stringify(text)}`, () => {
    const head = 'import importlib, pkgutil, os, glob, plugins\nfrom pathlib import Path\n';
    const files = { 'h.py': `${head}${text}\n`, 'plugins/__init__.py': '', 'plugins/a.py': 'import idna' };
    assert.is(of(files), 'plugins/a.py:1 idna');
  });

test('what only modules have that a call may import is not reported as computed', () => {
  const files = {
    'h.py': "import importlib\nimportlib.import_module('json')\n",
    'tests/t.py': '__import__(x)\n',
  };
  assert.is(of(files, 'six'), '');
});

/** What `__all__` may be, with a module `client` beside it. */
const ALL: readonly (readonly [string, boolean])[] = [
  ["__all__ = ['client', 'x']", true],
  ["__all__ = (\n'client',\n)", true],
  ["__all__ = []\n__all__ += ['client']", true],
  ["__all__ = []\n__all__.append('client')", true],
  ["__all__: list[str] = ['x'] + ['client']", true],
  ["__all__ = 'client x'.split()", true],
  ["NAMES = ['client']\n__all__ = NAMES", true],
  ['from ._v import __all__', true],
  ['from . import _v\n__all__ = _v.__all__ + []', true],
  ["import glob\n__all__ = [f[:-3] for f in glob.glob('*.py')]", true],
  [
    "from os.path import dirname, basename, join\nimport glob\n__all__ = [basename(f)[:-3] for f in glob.glob(join(dirname(__file__), '*.py'))]",
    true,
  ],
  ['__all__ = [n for n in dir() if n]', true],
  ["x = 'client'\n__all__ = ['x']", false],
  ["x = 'client'", false],
];

for (const [text, isNamed] of ALL)
  test(`\`import *\` imports what \`__all__\` names: ${JSON.stringify(text)}`, () => {
    const files = { 'helper/client.py': 'import idna\n', 'helper/_v.py': '__all__ = []' };
    const expected = isNamed ? 'helper/client.py:1 idna' : '';
    assert.is(of({ 'h.py': 'from helper import *', 'helper/__init__.py': text, ...files }), expected);
    const inside = { 'h.py': 'import helper', 'helper/__init__.py': `${text}\nfrom . import *\n` };
    assert.is(of({ ...inside, ...files }), expected);
  });

test('long and deep calls take no time', () => {
  const texts = [
    `import_module(${"'a' + ".repeat(20_000)}'b')`,
    `${'import_module('.repeat(5000)}`,
    `${'import_module(f('.repeat(5000)}`,
    `import_module(${'a.'.repeat(20_000)}b)`,
    `import_module([${"'a', ".repeat(20_000)}])`,
    `N = N + N\n${'N = N + N\n'.repeat(2000)}import_module(N)`,
    Array.from({ length: 2000 }, (_, n) => `N${n} = N${n + 1} + N${n + 1}`).join('\n') +
      '\nimport_module(N0)',
    `for ${'a, '.repeat(20_000)} in b: import_module(a)`,
  ];
  for (const text of texts) {
    const began = process.cpuUsage();
    moduleImports(text);
    const { user } = process.cpuUsage(began);
    assert.ok(user < 3e6, `${text.slice(0, 40)}: ${user / 1000} ms`);
  }
});

test.run();
