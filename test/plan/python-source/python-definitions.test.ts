import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDefinitions } from '../../../src/plan/python-source/python-definitions';

const test = suite('python definitions');

const names = (source: string): string => [...readDefinitions(source).names].join(' ');

/** Names that each source binds, in order. */
const bound: Readonly<Record<string, string>> = {
  // Definitions.
  'def a(): pass': 'a',
  'async def a(): pass': 'a',
  '@d\ndef a(): pass': 'a',
  '@d(x=1)\n@e.f\nasync def a(): pass': 'a',
  'class A: pass': 'A',
  '@d\nclass A(B, metaclass=C): pass': 'A',
  'def a[T](x: T) -> T: return x': 'a',
  'type A = int': 'A',
  '\ufeffdef a(): pass': 'a',
  // What is inside has a scope of its own.
  'def a(b=1):\n  c = 1\n  import d\n  def e(): pass': 'a',
  'class A:\n  b = 1\n  def c(self): pass': 'A',
  'lambda: (a := 1)': '',
  '[a for a in b]': '',
  // Assignments.
  'a = 1': 'a',
  'a = b = c': 'a b',
  'a, b = c': 'a b',
  '(a, [b, *c]) = d': 'a b c',
  '[a, b] = c': 'a b',
  '*a, = b': 'a',
  'a: int = 1': 'a',
  'a: int': '',
  'a += 1': '',
  'a.b = 1; c[0] = 2': '',
  'a = 1; b = 2': 'a b',
  'a = lambda_handler = c(d)': 'a lambda_handler',
  // Imports.
  'import a': 'a',
  'import a.b': 'a',
  'import a.b as c': 'c',
  'import a, b.c, d as e': 'a b e',
  'from a import b': 'b',
  'from . import b': 'b',
  'from ..a.b import c as d, e': 'd e',
  'from a import (\n  b,\n  c as d,\n)': 'b d',
  'from a import *': '',
  // Blocks of the module.
  'if a:\n  b = 1\nelif c:\n  d = 1\nelse:\n  def e(): pass': 'b d e',
  'try:\n  a = 1\nexcept E as f:\n  b = 1\nelse:\n  c = 1\nfinally:\n  d = 1': 'a b c d',
  'try:\n  import a\nexcept ImportError:\n  a = None': 'a',
  'with b() as a, c():\n  d = 1': 'a d',
  'async with b() as a: pass': 'a',
  'for a, (b, *c) in d:\n  e = 1\nelse:\n  f = 1': 'a b c e f',
  'for a in b: pass': 'a',
  'while a:\n  b = 1': 'b',
  'match a:\n  case [b, *c]:\n    d = 1\n  case {"k": e, **f}: pass\n  case K(g, h=i) as j: pass\n  case x.y | 3: pass':
    'b c d e f j g i',
  'if a:\n  if b:\n    with c:\n      def d(): pass': 'd',
  // Walrus.
  '(a := 1)': 'a',
  'if (a := b()): pass': 'a',
  'print(a := 1, [b := c for d in e])': 'a b',
  'while (a := b): c = 1': 'a c',
  // Not code, or not right.
  '# def a(): pass': '',
  '"""\ndef a(): pass\n"""': '',
  '': '',
  'def a(:\n  pass\ndef b(): pass': 'a b',
  'def a(): pass\n)))\nb = 1': 'a b',
  def: '',
  'print "hello"\ndef a(): pass': 'a',
};

for (const [source, expected] of Object.entries(bound)) {
  test(`${JSON.stringify(source)} binds ${expected || 'nothing'}`, () => {
    assert.is(names(source), expected);
  });
}

test('functions are told in the order in which they stand, each once', () => {
  const source =
    'def b(): pass\nclass C: pass\nasync def a(): pass\nif x:\n  def b(): pass\n@d\ndef e(): pass\nf = 1';
  assert.equal(readDefinitions(source).functions, ['b', 'a', 'e']);
  assert.is(names(source), 'b C a e f');
});

test('a star import or a module-level __getattr__ may define anything', () => {
  const open = (source: string): boolean => readDefinitions(source).open;
  assert.ok(open('from a import *'));
  assert.ok(open('try:\n  from a import *\nexcept ImportError: pass'));
  assert.ok(open('def __getattr__(name): ...'));
  assert.not.ok(open('from a import b\nc = d * e\n*f, = g'));
  assert.not.ok(open('def a():\n  def __getattr__(name): ...'));
});

test('a name as long or as deep as a file can have it', () => {
  assert.is(names(`a = ${'b + '.repeat(20_000)}c`), 'a');
  assert.is(names(`a = ${'('.repeat(5_000)}b${')'.repeat(5_000)}`), 'a');
});

test.run();
