import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bytecodeScript } from '../../../src/exec/scripts/bytecode-script';
import { hostPython, runTool } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('compiling a tree');

/** Compiles a tree of so many modules by one Python that must not start another; gives the paths of what was made. */
const compile = (modules: number): readonly string[] => {
  const root = temporaryFolder();
  writeTree(
    root,
    Object.fromEntries(Array.from({ length: modules }, (_, index) => [`m${index}.py`, `X = ${index}\n`])),
  );
  const output = temporaryFolder();
  const script = path.join(temporaryFolder(), 'bytecode.py');
  writeTree(path.dirname(script), { 'bytecode.py': bytecodeScript() });
  const python = hostPython();
  const tag = runTool(python, ['-c', 'import sys; print(sys.implementation.cache_tag)']).trim();
  const task = JSON.stringify({ root, output, tag, prefix: '/var/task', exclude: [] });
  const started = 'import subprocess, sys, runpy; subprocess.Popen = None; sys.argv = sys.argv[1:]; ';
  runTool(python, ['-c', `${started}runpy.run_path(sys.argv[0], run_name="__main__")`, script, 'tree', task]);
  return listTree(output).map((file) => file.path);
};

test('a few files are compiled by the process that lists them', () => {
  assert.is(compile(16).length, 16);
  assert.is(compile(0).length, 0);
});

test('more are dealt to other processes', () => {
  assert.throws(() => compile(17), /NoneType/);
});

test.run();
