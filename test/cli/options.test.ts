import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { cli } from './support/command';

const test = suite('options of the command line');

const folder = folderOf({ 'index.py': HANDLER });

const said = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { code, stderr } = await cli(args, { cwd: folder });
  assert.is(code, 1, stderr);
  return stderr.trimEnd().split('\n');
};

const CHOICES = 'auto, host, docker, buildkit';

test('names that are none and values that cannot be are told at once, with the nearest', async () => {
  for (const [command, ...more] of [['plan'], ['bundle', '--out', 'out']])
    assert.equal(
      await said(command ?? '', '.', ...more, '--executor=dokcer', '--bytecod', 'off', '--arch', 'amd64'),
      [
        `error: --executor is "dokcer", but must be one of ${CHOICES}; perhaps docker is meant.`,
        `error: "${command}" has no option --bytecod; perhaps --bytecode is meant.`,
        'error: --arch is "amd64", but must be one of x86_64, arm64; perhaps arm64 is meant.',
      ],
    );
});

test('of `run`, `lock` and `cache` as well', async () => {
  assert.equal(await said('run', 'plan.json', '--ouput', 'out', '--forse'), [
    'error: "run" has no option --ouput; perhaps --out is meant.',
    'error: "run" has no option --forse; perhaps --force is meant.',
  ]);
  assert.equal(await said('lock', '--arch', 'arm', '--runtimes', '3.13'), [
    'error: --arch is "arm", but must be one of x86_64, arm64; perhaps arm64 is meant.',
    'error: "lock" has no option --runtimes; perhaps --runtime is meant.',
  ]);
  assert.equal(await said('cache', 'prune', '--older-than', 'soon', '--max-siz=1GB'), [
    'error: --older-than is "soon". Accepted are hours, days and weeks: 12h, 30d, 2w.',
    'error: "prune" has no option --max-siz; perhaps --max-size is meant.',
  ]);
});

test('values that begin like an option are values', async () => {
  const args = ['plan', '.', '--exclude', '--x', '--exclude=-y'];
  const { code, stdout, stderr } = await cli(args, { cwd: folder });
  assert.is(code, 0, stderr);
  assert.match(stdout, 'index.lambda_handler');
});

test.run();
