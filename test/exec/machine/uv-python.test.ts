import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { uvPython } from '../../../src/exec/machine/uv-python';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('uvPython');

/** A machine with the files named; `PATH` has the folders of it that are named. */
const found = (files: readonly string[], folders: readonly string[], more = {}, program = ['uv']) => {
  const root = temporaryFolder();
  writeTree(root, Object.fromEntries(files.map((file) => [file, ''])));
  const PATH = folders.map((folder) => path.join(root, folder)).join(path.delimiter);
  return Object.fromEntries(
    Object.entries(uvPython({ PATH, ...more }, program)).map(([name, value]) => [
      name,
      value.replace(root, 'ROOT'),
    ]),
  );
};

const SYSTEM = { UV_SYSTEM_PYTHON: '1' };

test('uv looks for a Python of the system', () => {
  assert.equal(found(['bin/python3'], ['bin']), SYSTEM);
  assert.equal(found([], ['bin']), SYSTEM);
  assert.equal(uvPython({}, ['uv']), SYSTEM);
});

test('a virtual environment that is the first of the PATH was activated', () => {
  const files = ['venv/bin/python', 'venv/bin/python3', 'venv/pyvenv.cfg', 'bin/python3'];
  assert.equal(found(files, ['venv/bin', 'bin']), { ...SYSTEM, UV_PYTHON: 'ROOT/venv/bin/python3' });
  assert.equal(found(files, ['bin', 'venv/bin']), SYSTEM);
  assert.equal(found(['venv/Scripts/python.exe', 'venv/pyvenv.cfg'], ['venv/Scripts']), {
    ...SYSTEM,
    UV_PYTHON: 'ROOT/venv/Scripts/python.exe',
  });
});

test('a relative folder of the PATH is the current one, which is not trusted', () => {
  assert.equal(uvPython({ PATH: ['.', 'bin'].join(path.delimiter) }, ['uv']), SYSTEM);
});

test('what the user says stays', () => {
  assert.equal(found(['venv/bin/python3', 'venv/pyvenv.cfg'], ['venv/bin'], { UV_PYTHON: '3.12' }), {
    ...SYSTEM,
    UV_PYTHON: '3.12',
  });
});

test('where uv is a module, its own Python will do', () => {
  assert.equal(found(['a/python3', 'b/python'], ['a', 'b'], {}, ['python', '-m', 'uv']), {
    ...SYSTEM,
    UV_PYTHON: 'ROOT/b/python',
  });
});

test.run();
