import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchingArguments } from '../support/private-index';

const test = suite('watching the arguments of processes');

const CODE = 'setTimeout(() => undefined, 100)';

test('a process that starts meanwhile is seen', async () => {
  const [, seen] = await watchingArguments(() =>
    once(spawn(process.execPath, ['-e', CODE, 'started-meanwhile']), 'exit'),
  );
  assert.ok(seen.includes('started-meanwhile'));
});

test('a process that ran before is seen, also where it runs another program now', async () => {
  // The shell reads a line, and then becomes another program under the same number.
  const child = spawn('sh', ['-c', 'read line; exec sleep "$line"', 'ran-before']);
  child.stdin.on('error', () => undefined);
  await once(child, 'spawn');
  const [, seen] = await watchingArguments(async () => {
    child.stdin.end('7777\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  child.kill();
  assert.ok(seen.includes('ran-before'));
  assert.ok(seen.includes('sleep\0' + '7777'));
});

test.run();
