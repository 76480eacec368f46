import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hookScript, windowsHookScript } from '../../../src/plan/install/hook-script';

const test = suite('the script of a hook');

const PLAIN = { input: '/asset-input', output: '/asset-output' };

/** What a shell makes of a path in every way that it can be written. */
const NASTY = '/tmp/a b/it\'s "$HOME" `x` \\ é';

test('each command runs after the one before', () => {
  assert.is(hookScript(['a', 'b | c'], PLAIN), 'a && b | c');
  assert.is(hookScript([], PLAIN), '');
});

for (const shell of ['bash', 'sh'])
  test(`${shell}: a comment, a here-document or a last backslash takes nothing of the next command`, () => {
    const said = (commands: readonly string[]): readonly [string, number | null] => {
      const { stdout, status } = spawnSync(shell, ['-c', hookScript(commands, PLAIN)], { encoding: 'utf8' });
      return [stdout, status];
    };
    assert.equal(said(['# first', 'echo one # two', 'echo three']), ['one\nthree\n', 0]);
    assert.equal(said(['cat <<X\nline\nX', 'echo more']), ['line\nmore\n', 0]);
    assert.equal(said(['echo one \\', 'echo two']), ['one\ntwo\n', 0]);
    assert.equal(said(['false # no', 'echo never']), ['', 1]);
    assert.equal(said(['a=1 # kept', 'echo $a']), ['1\n', 0]);
  });

test('a path without special characters goes in as it is', () => {
  assert.is(
    hookScript(['cp -r {input}/x "{output}/y" \'{output}\''], PLAIN),
    'cp -r /asset-input/x "/asset-output/y" \'/asset-output\'',
  );
});

test('what only looks like a folder is left alone', () => {
  assert.is(
    hookScript(['echo ${input} {inputs} \\{input} {a,b}'], PLAIN),
    'echo ${input} {inputs} \\{input} {a,b}',
  );
});

for (const shell of ['bash', 'sh']) {
  test(`${shell} reads a path back, in quotes and out of them`, () => {
    const folders = { input: NASTY, output: NASTY };
    for (const command of [
      "printf '%s|' {input}",
      'printf \'%s|\' "{input}"',
      "printf '%s|' '{output}'",
      'printf "%s|" "it\'s"{input}',
    ]) {
      const { stdout } = spawnSync(shell, ['-c', hookScript([command, 'true'], folders)], {
        encoding: 'utf8',
      });
      assert.is(stdout.replace("it's/", '/'), `${NASTY}|`, command);
    }
    const { stdout } = spawnSync(shell, ['-c', hookScript(["printf '%s|' 'a\\' {input}"], folders)], {
      encoding: 'utf8',
    });
    assert.is(stdout, `a\\|${NASTY}|`);
  });
}

test('on Windows', () => {
  assert.is(
    windowsHookScript(['copy {input}\\a {output}', 'dir "{output}"'], {
      input: 'C:\\a b',
      output: 'C:\\out',
    }),
    'copy "C:\\a b"\\a C:\\out && dir "C:\\out"',
  );
});

test.run();
