import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { functionIn } from './support/app';
import { folderOf, HEAD, synth } from './support/told-imports';

const test = suite('imports of modules that Python has on other platforms');

const HANDLER = 'def handler(event, context): pass\n';
const windows =
  'Only Python on Windows has it. Import it in the function that needs it, or under `if sys.platform == "win32":`.';

test('each is told with what it needs', () => {
  const entry = folderOf({
    'index.py': `import msvcrt\nfrom winreg import OpenKey\nimport _scproxy\nimport tkinter.ttk as ttk\nimport msilib\n${HANDLER}`,
  });
  const told = synth((stack) => functionIn(stack, 'One', { entry }));
  const line = (number: number, name: string, advice: string): string =>
    `\n  ${entry}/index.py:${number} imports ${name}. ${advice}`;
  assert.equal(told, [
    `/Stack/One 5 imports were ${HEAD.slice(4)}` +
      line(1, 'msvcrt', windows) +
      line(2, 'winreg', windows) +
      line(3, '_scproxy', windows.replace('Windows', 'macOS').replace('win32', 'darwin')) +
      line(
        4,
        'tkinter',
        "It needs Tk, and Lambda's runtimes are built without Tk. Remove the import, or add a layer that has it.",
      ) +
      line(5, 'msilib', windows),
  ]);
});

test('not where the platform is asked for, or in a function, or where the bundle has a module of that name', () => {
  const entry = folderOf({
    'index.py':
      'import os, sys, ntpath, curses, fcntl\nimport winsound\n' +
      'if sys.platform == "win32":\n  import msvcrt\nif os.name == "nt":\n  import winreg\n' +
      `try:\n  import tkinter\nexcept ImportError:\n  tkinter = None\ndef f():\n  import turtle\n${HANDLER}`,
    'winsound.py': '',
  });
  assert.equal(
    synth((stack) => functionIn(stack, 'One', { entry })),
    [],
  );
});

test('a project further up is not taken because of them', () => {
  const root = folderOf({
    'pyproject.toml':
      '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["idna==3.10"]\n',
    'fn/index.py': `import msvcrt\n${HANDLER}`,
  });
  const told = synth((stack) => {
    const plan = PythonFunction.planOf(functionIn(stack, 'One', { entry: `${root}/fn` }));
    assert.is(plan.install, null);
  });
  assert.equal(told, [
    `/Stack/One One import was ${HEAD.slice(4)}\n  ${root}/fn/index.py:1 imports msvcrt. ${windows}`,
  ]);
});

test.run();
