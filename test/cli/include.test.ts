import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { listTree } from '../support/temporary';
import { cli } from './support/command';

const test = suite('cli: --include');

const FILES = { 'fn/main.py': HANDLER, 'fn/data.txt': 'x' };

test('--include puts a folder from elsewhere under a name, and says what it wants else', async () => {
  const cwd = folderOf({ ...FILES, 'shared/schemas/order.json': '{}', 'shared/money.py': '' });
  const command = ['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', 'out'];
  const included = ['--include', 'shared/schemas=schemas', '--include', 'shared/money.py=lib/money.py'];
  const { code, stderr } = await cli([...command, ...included], { cwd });
  assert.is(code, 0, stderr);
  assert.equal(
    listTree(path.join(cwd, 'out')).map((file) => file.path),
    ['data.txt', 'lib/money.py', 'main.py', 'schemas/order.json'],
  );
  const wrong = await cli([...command, '--include', 'shared/schemas'], { cwd });
  assert.is(wrong.code, 1, wrong.stderr);
  assert.match(wrong.stderr, 'Give a path and its place in the bundle, such as ../schemas=schemas.');
});

test.run();
