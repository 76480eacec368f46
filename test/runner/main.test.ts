import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('the command that runs tests');

const main = (args: readonly string[], variables: NodeJS.ProcessEnv = {}) => {
  const argv = ['--require', path.join(__dirname, 'loader.cjs'), path.join(__dirname, 'main.ts'), ...args];
  const env = { ...process.env, UPDATE_DOCS: undefined, TEST_JOBS: undefined, ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', env });
  return { status, stdout, stderr };
};

test('it runs the files that a pattern selects, and adds up what they counted', () => {
  const { status, stdout, stderr } = main(['unit', '^bench/draw']);
  assert.is(status, 0, stderr);
  assert.match(stdout, /^ok +\d+\.\d s {2}bench\/draw\.test\.ts \((\d+) \/ \1\)\n/);
  assert.match(stdout, /\n {2}Total: {5}(\d+)\n {2}Passed: {4}\1\n {2}Skipped: {3}0\n {2}Duration: /);
});

test('a run that would run nothing is an error that says why', () => {
  const wrong = (args: readonly string[], variables?: NodeJS.ProcessEnv) => {
    const { status, stdout, stderr } = main(args, variables);
    return [status, stdout, stderr];
  };
  assert.equal(wrong(['nope']), [
    1,
    '',
    'There is no suite "nope". There are: unit, coverage, faults, docker, mutations.\n',
  ]);
  assert.equal(wrong(['unit', '^nothing', '^none']), [
    1,
    '',
    'No test file of the suite "unit" matches ^nothing or ^none.\n',
  ]);
  for (const value of ['x', '0', '1.5']) {
    assert.equal(wrong(['unit', '^bench'], { TEST_JOBS: value }), [
      1,
      '',
      `TEST_JOBS is "${value}". Set it to a number of processes, such as 2.\n`,
    ]);
  }
});

test.run();
