import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allImports, readImports } from '../../../src/plan/python-source/python-imports';
import { hostPython, runTool } from '../../support/python-tools';

const test = suite('python imports');

/** As `line:module(names)`, with `?` after what may not run. */
const imports = (source: string): string =>
  readImports(source)
    .map(
      ({ module, names, level, line, conditional }) =>
        `${line}:${'.'.repeat(level)}${module}${names.length === 0 ? '' : `(${names.join(' ')})`}${conditional ? '?' : ''}`,
    )
    .join(' ');

const read: Readonly<Record<string, string>> = {
  // Forms of the statement.
  'import a': '1:a',
  'import a.b.c': '1:a.b.c',
  'import a as b, c.d as e, f': '1:a 1:c.d 1:f',
  'import a; import b': '1:a 1:b',
  'from a import b': '1:a(b)',
  'from a.b import c as d, e': '1:a.b(c e)',
  'from a import (\n  b,  # one\n  c as d,\n)\nimport e': '1:a(b c) 5:e',
  'from a import *': '1:a(*)',
  'from a import \\\n  b': '1:a(b)',
  'from . import a': '1:.(a)',
  'from .a import b': '1:.a(b)',
  'from .. a . b import c': '1:..a.b(c)',
  'from ...a import b': '1:...a(b)',
  'from ....a import b': '1:....a(b)',
  'from __future__ import annotations': '1:__future__(annotations)',
  'import é, 模块': '1:é 1:模块',
  '\ufeffimport a': '1:a',
  'import a\r\nimport b\r\n\r\nimport c': '1:a 2:b 4:c',
  'import a\rimport b\r\rimport c': '1:a 2:b 4:c',
  'x=1;import a': '1:a',
  'try:import a\nfinally:import b': '1:a 2:b',
  'if x:\n  pass\nelse:import a': '3:a?',
  '"""import a\nimport b"""\nimport c': '3:c',
  '# import a\nimport b': '2:b',
  'x = "import a"': '',
  // What runs with the module.
  'class A:\n  import a': '2:a',
  '@d\nclass A:\n  import a': '3:a',
  'with x:\n  import a': '2:a',
  'try:\n  import a\nfinally:\n  import b': '2:a 4:b',
  'try:\n  import a\nexcept ValueError:\n  import b\nelse:\n  import c': '2:a 4:b? 6:c',
  'if True:\n  import a\nelse:\n  import b': '2:a',
  // Calls that import what the text names.
  'import importlib\nm = importlib.import_module("a.b")': '1:importlib 2:a.b',
  "from importlib import import_module\nx: M = dict(a=import_module('a', __package__))":
    '1:importlib(import_module) 2:a',
  '__import__("a")': '1:a',
  'm = import_module(".a", package=__package__)': '1:.a',
  'm = import_module(".a", other)': '',
  'm = import_module(name); n = import_module(f"a{b}"); o = import_module("a" + b)': '',
  'n = import_module(f"a.{b}"); o = import_module("c." + b)': '1:a 1:c',
  '"""import_module("a")"""\n# import_module("a")\nx = "import_module(\'a\')"': '',
  'def f():\n  return import_module("a")\ng = lambda: import_module("b")': '',
  'm = import_module("a") if x else None\nn = x and import_module("b")': '',
  'try:\n  m = import_module("a")\nexcept ImportError:\n  m = None': '',
  'if x:\n  m = import_module("a")\nimport b': '2:a? 3:b',
  'm = my.import_module("a")': '',
  // What may run.
  'if x:\n  import a\nelif y:\n  import b\nelse:\n  import c': '2:a? 4:b? 6:c?',
  'if x:\n  class A:\n    import a': '3:a?',
  'for x in y:\n  import a\nwhile x:\n  import b': '2:a? 4:b?',
  'match x:\n  case 1:\n    import a\n  case _:\n    import b': '3:a? 5:b?',
  // What does not run, or is not needed.
  'def f():\n  import a\nasync def g():\n  import b\nclass A:\n  def h(self):\n    import c': '',
  '@d\ndef f():\n  import a': '',
  'if TYPE_CHECKING:\n  import a': '',
  'if typing.TYPE_CHECKING:\n  import a\nelse:\n  import b': '4:b',
  'if not TYPE_CHECKING:\n  import a\nelse:\n  import b': '2:a',
  'if (TYPE_CHECKING):\n  import a\nelif x:\n  import b': '4:b?',
  'if TYPE_CHECKING or x:\n  import a\nelse:\n  import b': '',
  'if __name__ == "__main__":\n  import a\nelse:\n  import b': '4:b',
  "if '__main__' == __name__:\n  import a": '',
  'if sys.version_info >= (3, 11):\n  import a\nelse:\n  import b': '',
  'if sys.platform == "win32":\n  import a\nelif x:\n  import b': '',
  'if False:\n  import a': '',
  'try:\n  import a\nexcept ImportError:\n  import b': '',
  'try:\n  import a\nexcept ModuleNotFoundError as e:\n  pass': '',
  'try:\n  import a\nexcept (OSError, ImportError):\n  pass': '',
  'try:\n  import a\nexcept builtins.ImportError:\n  pass': '',
  'try:\n  import a\nexcept Exception:\n  pass': '',
  'try:\n  import a\nexcept:\n  pass': '',
  'try:\n  import a\nexcept ValueError:\n  pass\nexcept ImportError:\n  pass': '',
  'try:\n  import a\nexcept* ImportError:\n  pass': '',
  'try:\n  import a\nexcept ImportError:\n  import b\nelse:\n  import c\nfinally:\n  import d': '6:c 8:d',
  'with suppress(ImportError):\n  import a': '',
  'try:\n  import a\nexcept ImportError:\n  raise': '2:a',
  'try:\n  import a\nexcept ImportError as e:\n  import b\n  raise X from e': '2:a 4:b?',
  'try:\n  import a\nexcept Exception:\n  sys.exit(1)': '2:a',
  'try:\n  import a\nexcept ImportError:\n  if x: raise': '',
  // Calls with a name in the text.
  'importlib.import_module("a.b")\nimport c': '1:a.b 2:c',
  'x = 1\ny = __import__("a")': '2:a',
  'from importlib import import_module as im\nim("a")': '1:importlib(import_module) 2:a',
  'try:\n  importlib.import_module("a")\nexcept ImportError:\n  pass': '',
  'def f():\n  importlib.import_module("a")\ng = lambda: __import__("b")': '',
  'importlib.import_module(f"a{x}")\nimportlib.import_module(name)': '',
  'with contextlib.suppress(OSError, ModuleNotFoundError), x:\n  import a': '',
  'with suppress(OSError):\n  import a': '2:a',
  // Text that is no Python.
  import: '',
  'from a import': '1:a',
  'from import b': '',
  'import (\n': '',
  'print "x"\nimport a': '2:a',
  'def f(:\nimport a': '2:a',
  'import a b': '',
  '': '',
};

for (const [source, found] of Object.entries(read)) {
  test(JSON.stringify(source), () => {
    assert.is(imports(source), found);
  });
}

/** Forms that a look at single lines does not see. */
const FORMS = [
  'x=1;import a',
  'try:import a\nfinally:import b',
  'def f():\n  if x: import a',
  'def f():\n  try: import a\n  finally: import b',
  'def f():\n  x = 1; import a',
  'def f():\n  "doc"; from a import b',
  'class A:\n  def f(self):\n    if x:import a',
  'async def f():\n  with x: import a',
  'def f(\n  a,\n): import b',
  'def f(x=":",\n  y=1):\n  x;import b',
  'def f():\n\x0c  import a',
  'def f():\n  """import no"""\n  # import no\n  return "import no"\nimport a',
  'from.import a;from..b import(c)',
  'def f():\r  import a\rimport b',
  'from a import (  # (\n  b,  # )\n); import c',
];

test('all imports of a module are those that Python itself sees', () => {
  const script = [
    'import ast, json, sys',
    'def names(text):',
    '    for node in ast.walk(ast.parse(text)):',
    '        if isinstance(node, ast.Import): yield from ((alias.name, node.lineno) for alias in node.names)',
    '        if isinstance(node, ast.ImportFrom): yield "." * node.level + (node.module or ""), node.lineno',
    'json.dump([sorted(names(text)) for text in json.loads(sys.argv[1])], sys.stdout)',
  ].join('\n');
  const seen = JSON.parse(runTool(hostPython(), ['-I', '-c', script, JSON.stringify(FORMS)])) as unknown[];
  FORMS.forEach((source, index) => {
    const found = allImports(source).map(({ module, level, line }) => [
      `${'.'.repeat(level)}${module}`,
      line,
    ]);
    assert.equal(found.sort(), seen[index], source);
  });
});

test('a long list with comments takes no time', () => {
  const list = `from a import (\n${'  b,  # why not\n'.repeat(12)}); x = 1\nimport c`;
  assert.is(imports(list), `1:a(${Array(12).fill('b').join(' ')}) 15:c`);
});

test('a string may have ten megabytes', () => {
  for (const quote of ['"', "'", '"""', "'''"])
    assert.is(imports(`x = ${quote}${'a'.repeat(2e7)}${quote}\nimport b`), '2:b');
});

test.run();
