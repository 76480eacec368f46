import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { buildFailed, builtHere, saysBuildFailed } from '../../../src/exec/failures/failed-build';
import type { InstallTask } from '../../../src/exec/install/install';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('builds that failed');

const UV = '  × Failed to build `lib @ file:///tmp/lib`\n  ├─▶ The build backend returned an error\n';

test('a build that lacks a compiler is told from one that failed by itself', () => {
  assert.is(saysBuildFailed(`${UV}FileNotFoundError: Forced include not found: /tmp/common`), true);
  assert.is(saysBuildFailed('ERROR: Failed building wheel for lib\nLookupError: no version'), true);
  for (const said of [
    "error: command '/usr/bin/false' failed with exit code 1",
    'Error: pg_config executable not found.',
    'error: Microsoft Visual C++ compiler is required',
    "ERROR: Unknown compiler(s): [['false']]",
    "error: Command '['false', '-c']' returned non-zero exit status 1.",
    'fatal error: Python.h: No such file or directory',
    'CMake Error: CMAKE_C_COMPILER not set',
    "error: command 'swig' failed: No such file or directory",
    'sh: 1: protoc: command not found',
    '`cargo metadata` exited with an error',
  ])
    assert.is(saysBuildFailed(`${UV}${said}`), false, said);
  assert.is(saysBuildFailed('No matching distribution found for x'), false);
});

test('older versions of pip name the step alone; what the build needs is not a build', () => {
  const ended = 'did not run successfully.\n  │ exit code: 1\n';
  const of = (step: string): boolean => saysBuildFailed(`  × ${step} ${ended}`);
  for (const step of ['Getting requirements to build wheel', 'Preparing metadata (pyproject.toml)'])
    assert.is(of(step), true, step);
  assert.is(of('Building wheel for lib (pyproject.toml)'), true);
  assert.is(of('pip subprocess to install build dependencies'), false);
});

test('the message has what the backend said first, and no container', () => {
  const install = { declaration: '/app/requirements.txt', inputs: [] };
  const said = showExecutionError(buildFailed(install, 'lib', 'a\nb'));
  assert.is(
    said,
    'The build of lib (/app/requirements.txt) failed. Its build backend said:\n  | a\n  | b\nFix this error, or require a version that has a wheel.',
  );
});

const PIP = `Processing /asset-input/pk
  error: subprocess-exited-with-error

  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
  ╰─> [2 lines of output]
        File "/asset-input/pk/setup.py", line 1
      ModuleNotFoundError: No module named 'x'
      [end of output]

  note: This error originates from a subprocess, and is likely not a problem with pip.
`;

test('pip: what the backend said, with the paths and the name that the user knows', () => {
  const root = temporaryFolder();
  writeTree(root, { 'fn/requirements.txt': 'six==1.17.0\n../pk\n', 'pk/setup.py': '' });
  const declaration = path.join(root, 'fn/requirements.txt');
  const inputs = ['fn/requirements.txt', 'pk/setup.py'].map((file) => ({
    path: file,
    from: path.join(root, file),
  }));
  const plan = planWith('six==1.17.0\n');
  const task = { plan, install: { ...plan.install, declaration, inputs } } as unknown as InstallTask;
  const result = { exitCode: 1, signal: null, stdout: '', output: PIP };
  assert.equal(commandFailure(task, 'pip in the image', result), {
    _tag: 'BuildFailed',
    requirement: '../pk',
    declaration: `${declaration}:2`,
    isLocal: true,
    output: `  File "${root}/pk/setup.py", line 1\nModuleNotFoundError: No module named 'x'`,
  });
});

test('what was built here is named in one line', () => {
  const wheels = ['docopt-0.6.2', 'shared_lib-3.4.5', 'six-1.17.0'].map((distribution) => ({
    distribution,
    tags: [],
  }));
  assert.equal(builtHere(['docopt==0.6.2', 'Shared-Lib'], wheels), [
    'built on this machine from source: docopt 0.6.2, shared-lib 3.4.5',
  ]);
  assert.equal(builtHere([], wheels), []);
});

test.run();
