import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plainImports } from '../../../src/plan/python-source/plain-imports';
import { parseImports } from '../../../src/plan/python-source/python-imports';
import { hostPython, runTool } from '../../support/python-tools';

const test = suite('plain imports');

const modulesOf = (source: string): string | undefined =>
  plainImports(source)
    ?.map(({ module, line }) => `${line}:${module}`)
    .join(' ');

const plain: Readonly<Record<string, string>> = {
  'import a\nimport b.c as d\n\nfrom e import f, g': '1:a 2:b.c 4:e',
  'from a import (\n  b,  # (c)\n  d,\n)\nx = 1\nimport e\n': '1:a 6:e',
  'from .a import b  # import c': '1:a',
  'import a\r\nimport b\r\n': '1:a 2:b',
  '"""\nimport a\n"""\nimport b': '4:b',
  'def f():\n  import a\n\n  from b import c\nimport d': '5:d',
  'async def f(\n  x,\n):\n  import a': '',
  'if TYPE_CHECKING:\n  import a\nimport b': '3:b',
  'if typing.TYPE_CHECKING:  # c\n  import a': '',
};

for (const [source, found] of Object.entries(plain)) {
  test(`${JSON.stringify(source)} is plain`, () => {
    assert.is(modulesOf(source), found);
  });
}

for (const source of [
  'try:\n  import a\nexcept ImportError:\n  pass',
  'if TYPE_CHECKING: import a\nelse:\n  import b',
  'if x:\n  import a',
  'class A:\n  import a',
  'import a; import b',
  'x = 1; import a',
  'from a import \\\n  b',
  'import a \\\n  , b',
  'def f():\n  pass\nif x:\n  import a',
]) {
  test(`${JSON.stringify(source)} is left to the parser`, () => {
    assert.is(plainImports(source), undefined);
  });
}

test('the standard library reads the same with the parser', () => {
  const library = runTool(hostPython(), ['-I', '-c', 'import json; print(json.__path__[0])']).trim();
  const folders = [
    path.dirname(library),
    ...['asyncio', 'json', 'email', 'http', 'logging', 'urllib'].map((name) =>
      path.join(library, '..', name),
    ),
  ];
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.py'))
      .map((name) => path.join(folder, name)),
  );
  const texts = files.map((file) => fs.readFileSync(file, 'utf8')).filter((text) => text.length < 20_000);
  const told = texts.flatMap((text) => {
    const found = plainImports(text);
    return found === undefined ? [] : [{ found, parsed: parseImports(text) }];
  });
  assert.ok(told.length > texts.length / 2);
  for (const { found, parsed } of told) assert.equal(found, parsed);
});

test.run();
