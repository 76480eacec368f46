import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { containerScript } from '../../src/exec/container/container-script';
import { bytecodeScript } from '../../src/exec/scripts/bytecode-script';
import { moduleLauncher } from '../../src/exec/scripts/isolated-python';
import { buildSite, containerPip, containerQuietPip, pipLauncher } from '../../src/exec/scripts/pip-programs';
import { pythonProgram } from '../../src/exec/scripts/python-program';
import { wholeScript } from '../../src/exec/scripts/whole-script';
import { findPython } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('Python programs');

const MODULES = path.resolve(__dirname, '../../src/exec/scripts/python');

const PROGRAMS = {
  build_site: buildSite,
  bytecode: bytecodeScript,
  install: containerScript,
  interpreter_facts: pythonProgram('interpreter_facts'),
  pip_by_variables: containerQuietPip,
  pip_launcher: pipLauncher,
  pip_without_builds: containerPip,
  run_module: moduleLauncher,
  search_path: pythonProgram('search_path'),
  whole_build: wholeScript,
};

/** The Pythons of this machine that the programs have to run on, oldest first. */
const PYTHONS = Array.from({ length: 20 }, (_, index) => `3.${6 + index}`).filter(
  (version) => findPython(version) !== undefined,
);

test('there are an old Python and a new one to try them on', () => {
  assert.ok(PYTHONS.length > 1, PYTHONS.join(' '));
});

for (const version of PYTHONS) {
  test(`their own tests pass on Python ${version}`, () => {
    const programs = temporaryFolder();
    writeTree(
      programs,
      Object.fromEntries(Object.entries(PROGRAMS).map(([name, text]) => [`${name}.py`, text()])),
    );
    const { status, stderr } = spawnSync(
      findPython(version) ?? '',
      ['-B', '-W', 'error', '-m', 'unittest', 'discover', '--start-directory', __dirname],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: {
          PATH: process.env['PATH'],
          PYTHONPATH: MODULES,
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHON_MODULES: MODULES,
          PYTHON_PROGRAMS: programs,
        },
      },
    );
    assert.is(status, 0, stderr);
    assert.match(stderr, /^Ran \d{2,} tests in .*\n\nOK\n$/m);
  });
}

test('each has tests of its own', () => {
  const names = fs.readdirSync(MODULES).filter((name) => name.endsWith('.py'));
  assert.equal(
    names.filter((name) => !fs.existsSync(path.join(__dirname, `test_${name}`))),
    [],
  );
});

test.run();
