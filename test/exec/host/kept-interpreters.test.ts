import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { takeInterpreter } from '../../../src/exec/host/kept-interpreters';
import { runTool, uv } from '../../support/python-tools';
import { listTree, temporaryFolder } from '../../support/temporary';

const test = suite("what uv knows of its Python, in a build's own cache");

/** A cache of uv that knows a Python, and another of a virtual environment that was made from it. */
const knowing = () => {
  const cache = temporaryFolder();
  const python = path.join(temporaryFolder(), 'bin/python3');
  fs.mkdirSync(path.dirname(python));
  fs.symlinkSync(
    fs.realpathSync(runTool('python3', ['-c', 'import sys; print(sys.executable)']).trim()),
    python,
  );
  const project = path.join(temporaryFolder(), 'secret-project');
  const run = (...args: readonly string[]): string =>
    runTool(uv(), [...args, '--cache-dir', cache, '--no-config'], temporaryFolder());
  run('venv', '--quiet', '--python', python, project);
  run('pip', 'list', '--quiet', '--python', path.join(project, 'bin/python'));
  const own = { UV_CACHE_DIR: cache, PATH: path.dirname(python) };
  return { cache, python, project, own };
};

const records = (folder: string): readonly string[] =>
  listTree(folder)
    .map(({ path: file }) => file)
    .filter((file) => file.startsWith('interpreter-v'));

test('the record of the Python of the PATH is taken, that of a project is not', () => {
  const { cache, own, project } = knowing();
  const target = temporaryFolder();
  takeInterpreter(own, 'linux', target);
  const taken = records(target);
  assert.ok(records(cache).length > taken.length, 'the cache knows more');
  assert.is(taken.length, 1);
  const content = fs.readFileSync(path.join(target, taken[0] ?? ''));
  assert.not(content.includes(project));
});

test('uv does not ask a Python again that it has a record of', () => {
  const { own, python } = knowing();
  const target = temporaryFolder();
  takeInterpreter(own, 'linux', target);
  const said = (cache: string): string => {
    const args = ['-v', 'python', 'find', '--system', '--no-config', '--cache-dir', cache, python];
    return runTool('/bin/sh', ['-c', 'RUST_LOG=uv=trace "$0" "$@" 2>&1', uv(), ...args], temporaryFolder());
  };
  assert.match(said(temporaryFolder()), /Querying interpreter executable/);
  assert.not.match(said(target), /Querying interpreter executable/);
});

test('a cache that is not there, and a PATH without a Python, give nothing', () => {
  const target = temporaryFolder();
  const { own } = knowing();
  takeInterpreter({ ...own, UV_CACHE_DIR: '/nowhere' }, 'linux', target);
  takeInterpreter({ ...own, PATH: '' }, 'linux', target);
  assert.equal(records(target), []);
});

test.run();
