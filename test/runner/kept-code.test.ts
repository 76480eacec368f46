import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('kept code of V8');

const KEPT_CODE = JSON.stringify(path.join(__dirname, 'kept-code.cjs'));

/** Runs a module of a folder below `node_modules`, and says what it printed. */
const started = (kept: string, file: string): string => {
  const code = `require(${KEPT_CODE}).install(${JSON.stringify(kept)}); require(${JSON.stringify(file)})`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  return `${stdout}${stderr}`;
};

test('a module does the same with its kept code as without, and a changed one is compiled', () => {
  const [folder, kept] = [temporaryFolder(), path.join(temporaryFolder(), 'code')];
  writeTree(path.join(folder, 'node_modules/one'), {
    'index.js': `#!/usr/bin/env node
      const { value } = require('./other');
      console.log(
        value, this === exports, module.exports === exports, __filename === module.filename, __dirname,
        require.resolve('./other'), require.cache[__filename] === module, new Error().stack.split('\\n')[1].trim(),
      );
      require('./importing');`,
    'other.js': 'exports.value = 1;',
    'importing.js': "import('./third.mjs').then((third) => console.log(third.default));",
    'third.mjs': 'export default 3;',
  });
  const at = (name: string): string => path.join(folder, 'node_modules/one', name);
  const expected = (value: number): string =>
    `${value} true true true ${path.dirname(at('x'))} ${at('other.js')} true at Object.<anonymous> (${at('index.js')}:5:75)\n3\n`;
  assert.is(started(kept, at('index.js')), expected(1));
  assert.is(readdirSync(kept).length, 2);
  assert.is(started(kept, at('index.js')), expected(1));
  writeFileSync(at('other.js'), 'exports.value = 2;');
  assert.is(started(kept, at('index.js')), expected(2));
  assert.is(readdirSync(kept).length, 3);
});

test('what V8 refuses is compiled and kept again', () => {
  const [folder, kept] = [temporaryFolder(), path.join(temporaryFolder(), 'code')];
  const file = path.join(folder, 'node_modules/one.js');
  writeTree(folder, { 'node_modules/one.js': 'console.log(1);' });
  started(kept, file);
  const [name = ''] = readdirSync(kept);
  writeFileSync(path.join(kept, name), 'no code');
  assert.is(started(kept, file), '1\n');
  assert.is(readdirSync(kept).join(), name);
  assert.ok(!readFileSync(path.join(kept, name)).includes('no code'));
});

test('a folder that cannot be written to keeps nothing', () => {
  const folder = temporaryFolder();
  writeTree(folder, { 'node_modules/one.js': 'console.log(1);', file: '' });
  assert.is(started(path.join(folder, 'file/code'), path.join(folder, 'node_modules/one.js')), '1\n');
});

test.run();
