import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('the loader of the tests');

const start = (file: string): string =>
  execFileSync(process.execPath, ['--require', path.join(__dirname, 'loader.cjs'), file], {
    encoding: 'utf8',
  });

test('a changed file is never served from the cache, and a line of a stack is a line of the source', () => {
  const folder = temporaryFolder();
  const lines = (text: string): string => `interface A {\n  a: string;\n}\n${text}\n`;
  writeTree(folder, {
    'main.ts': lines(
      "import { value } from './other';\nconst a: A = { a: value };\nconsole.log(a.a, new Error().stack);",
    ),
    'other.ts': "export const value: string = 'one';\n",
  });
  const main = path.join(folder, 'main.ts');
  assert.match(start(main), /^one Error\n {4}at .*main\.ts:6:18\)?\n/);
  writeFileSync(path.join(folder, 'other.ts'), "export const value: string = 'two';\n");
  assert.match(start(main), /^two /);
});

test('processes that ask for the loader of tsx get this one', () => {
  const folder = temporaryFolder();
  const tsx = require.resolve('tsx/package.json');
  writeTree(folder, {
    'main.ts': `import { createRequire } from 'node:module';\nconsole.log(createRequire(${JSON.stringify(tsx)}).resolve('tsx/cjs'));\n`,
  });
  assert.is(start(path.join(folder, 'main.ts')), `${path.join(__dirname, 'loader.cjs')}\n`);
});

test('a module of the library loads another when it first uses it, as the built one does', () => {
  const folder = temporaryFolder();
  const plan = path.resolve(__dirname, '../../src/plan');
  writeTree(folder, {
    'main.ts': `
      import { createRequire } from 'node:module';
      const load = createRequire(${JSON.stringify(path.join(plan, 'x.js'))});
      const loaded = () => Object.keys(load.cache).filter((file) => file.startsWith(${JSON.stringify(plan)})).length;
      const index = load('./index.ts');
      const before = loaded();
      console.log(before, typeof index.plan, loaded() > before);
    `,
  });
  assert.is(start(path.join(folder, 'main.ts')), '1 function true\n');
});

test.run();
