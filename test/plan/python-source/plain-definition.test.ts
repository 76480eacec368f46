import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plainlyDefines } from '../../../src/plan/python-source/plain-definition';
import { readDefinitions } from '../../../src/plan/python-source/python-definitions';

const test = suite('plain definitions');

const DEFINITIONS = [
  'def main(event, context):',
  'async def main(e, c):',
  'async  def\tmain  (e):',
  'def main(\n  e\n):',
].map((text) => `${text} pass\n`);

/** What may stand before a function. */
const BEFORE = [
  ...['', 'import json\n\n\n', '# it\'s "\n', '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n'],
  '"""Says \'hello\' to "you".\n\nNot ended by \\""" and not by "".\n"""\n',
  "'''One \"\"\" in the other'''\n",
  'x = "a\\"b" + \'c\\\'d\' + r"\\\\" + \'#\'\n',
  ...['y = f\'{d["k"]}\'\n', 'z = "two \\\n lines"\n', '@decorator("""a""")\n', 'e = ""\n'],
  'def other(a="""x"""):\n    """Doc."""\n    return \'\'\'a\'\'\'\n',
];

/** What only looks like the function. */
const FALSE = [
  ...['"""\ndef main(e): pass\n"""\n', "'''\ndef main(e):\n'''\n", 'r"""\\\\\ndef main(e):\n"""\n'],
  ...['x = "\\\ndef main(e):\\\n"\n', '# def main(e):\n', '"""\\"""\ndef main(e):\n"""\n'],
  ...['class A:\n    def main(self): pass\n', 'def main_(e): pass\n', 'define(main)\n', 'main(e)\n'],
  ...['def mai(e): main(e)\n', 'if x:\n  def main(e): pass\n'],
];

test('a function at the start of a line is one, after whatever strings and comments', () => {
  for (const text of BEFORE) {
    for (const definition of DEFINITIONS) assert.ok(plainlyDefines(text + definition, 'main'), text);
  }
  assert.ok(plainlyDefines('def größe(e): pass\r\n', 'größe'));
});

test('what only looks like one is none: in a string, a comment, a class, by another name', () => {
  for (const source of FALSE) assert.is(plainlyDefines(source, 'main'), false, source);
  assert.is(plainlyDefines('def aXb(e): pass\n', 'a.b'), false);
});

test('of a file that breaks off in a string, nothing is found in that string', () => {
  for (const source of [
    '"""\ndef main(e): pass\n',
    "'''\ndef main(e): pass\n\\",
    '"\\\ndef main(e): pass\n',
  ]) {
    assert.is(plainlyDefines(source, 'main'), false, source);
  }
});

test('what it finds, the parser finds', () => {
  const agree = (parts: readonly string[]): boolean => {
    const source = parts.join('');
    return !plainlyDefines(source, 'main') || readDefinitions(source).names.has('main');
  };
  fc.assert(fc.property(fc.array(fc.constantFrom(...BEFORE, ...FALSE, ...DEFINITIONS)), agree));
});

test('a long text is no trouble', () => {
  const text = `"""${'x\\\n'.repeat(500_000)}"""\n${"# it's\n".repeat(100_000)}`;
  assert.is(plainlyDefines(`${text}def main(e): pass\n`, 'main'), true);
  assert.is(plainlyDefines(text, 'main'), false);
});

test.run();
