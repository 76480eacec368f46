import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as ts from 'typescript';
import { withLazyRequires } from '../../build/lazy-requires';
import { temporaryFolder } from '../support/temporary';

const test = suite('lazy requires');

/** What TypeScript writes with the options of the build. */
const compiled = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;

/** Runs a module; gives what it exports, and which modules it has loaded by now. */
const run = (source: string, modules: Readonly<Record<string, unknown>>) => {
  const loaded: string[] = [];
  const module = { exports: {} as Record<string, unknown> };
  const required = (name: string): unknown => {
    loaded.push(name);
    return modules[name];
  };
  vm.runInNewContext(withLazyRequires(compiled(source)), {
    module,
    exports: module.exports,
    require: required,
  });
  return { exports: module.exports as Record<string, (...values: readonly unknown[]) => unknown>, loaded };
};

test('a module is loaded by the first use of it, and once', () => {
  const { exports, loaded } = run(
    `import { double } from './double';
     import { other } from './other';
     export const four = () => double(2);
     export const call = (value: unknown) => other(value);`,
    { './double': { double: (value: number) => 2 * value } },
  );
  assert.equal(loaded, []);
  assert.is(exports['four']?.(), 4);
  assert.is(exports['four']?.(), 4);
  assert.equal(loaded, ['./double']);
});

test('so is a default export', () => {
  const { exports, loaded } = run(
    `import value from './value';
     export const call = () => value;`,
    { './value': 1 },
  );
  assert.equal(loaded, []);
  assert.is(exports['call']?.(), 1);
  assert.equal(loaded, ['./value']);
});

test('a class can be extended, constructed and asked for, and a value used in a text', () => {
  const { exports, loaded } = run(
    `import { Base, NAME } from './base';
     export class Derived extends Base {}
     export const made = () => new Base(1).value;
     export const isOne = (value: unknown) => value instanceof Base;
     export const text = () => \`\${NAME}, \${typeof NAME}\`;`,
    {
      './base': {
        NAME: 'base',
        Base: class {
          constructor(readonly value: number) {}
        },
      },
    },
  );
  assert.equal(loaded, ['./base'], 'a superclass is needed at once');
  assert.is(exports['made']?.(), 1);
  assert.is(exports['isOne']?.({}), false);
  assert.is(exports['text']?.(), 'base, string');
});

test('what is exported again is loaded by who asks for it', () => {
  const { exports, loaded } = run(
    `export { one } from './one';
     export { two as deux } from './two';`,
    { './one': { one: 1 }, './two': { two: 2 } },
  );
  assert.equal(Object.keys(exports), ['one', 'deux']);
  assert.equal(loaded, []);
  assert.is(exports['deux'] as unknown, 2);
  assert.equal(loaded, ['./two']);
});

test('an ES module finds the names', () => {
  const folder = temporaryFolder();
  const script = compiled("export { join } from './one';\nexport { sep as separator } from './one';");
  fs.writeFileSync(path.join(folder, 'one.js'), "module.exports = require('node:path');");
  fs.writeFileSync(path.join(folder, 'all.js'), withLazyRequires(script));
  fs.writeFileSync(
    path.join(folder, 'app.mjs'),
    "import { join, separator } from './all.js';\nconsole.log(join('a', `${separator}b`));",
  );
  assert.is(
    execFileSync(process.execPath, ['app.mjs'], { cwd: folder, encoding: 'utf8' }),
    `${path.join('a', 'b')}\n`,
  );
});

test('a module of Node.js, one that is imported whole and one for its effect are loaded at once', () => {
  const { loaded } = run(
    `import { join } from 'node:path';
     import * as whole from './whole';
     import './effect';
     export const call = () => [join, whole];`,
    { 'node:path': path, './whole': {} },
  );
  assert.equal(loaded, ['node:path', './whole', './effect']);
});

test.run();
