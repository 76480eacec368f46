import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { copyPythonFiles } from '../../build/python-files';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('python files');

test('the programs are copied to the same places, and nothing else is', () => {
  const [source, target] = [temporaryFolder(), temporaryFolder()];
  writeTree(source, {
    'exec/scripts/python/one.py': 'ONE = 1\n',
    'exec/scripts/python/__pycache__/one.cpython-313.pyc': '',
    'exec/scripts/one.ts': '',
    'exec/README.md': '',
  });
  writeTree(target, { 'exec/scripts/one.js': '' });
  copyPythonFiles(source, target);
  assert.equal(
    listTree(target).map(({ path }) => path),
    ['exec/scripts/one.js', 'exec/scripts/python/one.py'],
  );
});

test.run();
