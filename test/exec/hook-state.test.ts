import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keepingState, withState } from '../../src/plan/install/hook-script';
import { temporaryFolder } from '../support/temporary';

const test = suite('the variables of one hook in the next');

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  SECRET: 'c4n4ry',
  LINES: 'one\nSTAGE=two',
  CHANGED: 'a',
  GONE: 'x',
};

const SCRIPT =
  'set -eu; IFS=:; export CHANGED=\'b c\'; export NEW="it\'s"; plain=d; unset GONE; double() { echo "$1$1"; }';

const run = (shell: string, script: string): string =>
  execFileSync(shell, ['-c', script], { env: ENVIRONMENT, encoding: 'utf8' });

for (const shell of ['bash', 'sh']) {
  test(`${shell}: what the environment had from the start is in no file`, () => {
    const file = path.join(temporaryFolder(), 'state');
    assert.is(run(shell, keepingState(SCRIPT, file)), '');
    const state = fs.readFileSync(file, 'utf8');
    for (const text of ['c4n4ry', 'two']) assert.not.ok(state.includes(text), `${text} in ${state}`);
    assert.not.match(state, /^(declare|export)[^=]* clp_/m);
    const told = 'echo "$CHANGED|$NEW|$SECRET|$LINES"';
    assert.is(run(shell, withState(told, file)), "b c|it's|c4n4ry|one\nSTAGE=two\n");
  });
}

test('bash: variables that are not exported, and functions', () => {
  const file = path.join(temporaryFolder(), 'state');
  run('bash', keepingState(SCRIPT, file));
  assert.is(run('bash', withState('double "$plain"', file)), 'dd\n');
});

test('commands that fail leave nothing', () => {
  const file = path.join(temporaryFolder(), 'state');
  assert.throws(() => run('bash', keepingState('false', file)));
  assert.not.ok(fs.existsSync(file));
});

test.run();
