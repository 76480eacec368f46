import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandOf } from '../../../src/exec/buildkit/buildx-output';

const test = suite('buildx output');

const said = (...lines: readonly string[]) => ({
  exitCode: 1,
  signal: null,
  stdout: '',
  output: lines.join('\n'),
});

test('what a RUN has printed, as it printed it, and its own exit code', () => {
  const output = said(
    '#0 building with "default" instance using docker driver',
    '#4 [install 3/3] RUN ["sh","/asset-tools/run.sh"]',
    '#4 0.242 ERROR: THESE PACKAGES DO NOT MATCH THE HASHES',
    '#4 1.250     six==1.16.0 from https://index.example/six.whl:',
    '#4 1.251 ',
    '#4 ERROR: process "sh /asset-tools/run.sh" did not complete successfully: exit code: 3',
    '------',
    ' > [install 3/3] RUN ["sh","/asset-tools/run.sh"]:',
    '0.242 ERROR: THESE PACKAGES DO NOT MATCH THE HASHES',
    'ERROR: failed to solve: process "sh /asset-tools/run.sh" did not complete successfully: exit code: 3',
  );
  assert.equal(commandOf(output), {
    exitCode: 3,
    signal: null,
    stdout: '',
    output:
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n    six==1.16.0 from https://index.example/six.whl:\n\n',
  });
});

test('BuildKit 0.8 words it otherwise', () => {
  const line = 'ERROR: failed to solve: executor failed running [sh /asset-tools/run.sh]: exit code: 137';
  assert.is(commandOf(said('#5 0.397 hello', line))?.exitCode, 137);
});

test('what a command prints of other builds is not how it ended', () => {
  const printed = '#5 0.397 ERROR: process "x" did not complete successfully: exit code: 1';
  const line = 'ERROR: failed to solve: process "sh" did not complete successfully: exit code: 4';
  assert.is(commandOf(said(printed, line))?.exitCode, 4);
  assert.is(commandOf(said(printed, 'ERROR: error reading from server: EOF')), undefined);
});

test('a build that did not come so far has no such command', () => {
  assert.is(
    commandOf(said('#1 ERROR: context deadline exceeded', 'ERROR: context deadline exceeded')),
    undefined,
  );
});

test.run();
