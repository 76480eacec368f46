import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../support/temporary';
import type { FileResult } from './file-report';
import { runBatch } from './run-batch';

const test = suite('the process of a batch');

const run = async (names: readonly string[], limit = 60_000): Promise<readonly FileResult[]> => {
  const results: FileResult[] = [];
  const options = { root: path.join(__dirname, 'fixtures'), runFolder: temporaryFolder(), limit };
  await runBatch(
    names.map((name) => `${name}.test.ts`),
    options,
    (result) => results.push(result),
  );
  return results;
};

/** What a run counted. */
const counted = (results: readonly FileResult[]) =>
  results.map(({ file, total, passed, failure }) => [file.replace('.test.ts', ''), passed, total, failure]);

test('each file has its own counts and its own output', async () => {
  const results = await run(['fails', 'hook', 'passes']);
  assert.equal(counted(results), [
    ['fails', 1, 2, '1 of 2 tests failed'],
    ['hook', 0, 1, '1 of 1 tests failed'],
    ['passes', 2, 2, undefined],
  ]);
  const [fails, , passes] = results.map(({ output }) => output);
  assert.match(fails ?? '', /^fails\.test\.ts\n/);
  assert.match(fails ?? '', 'FAIL  fails  "two"');
  assert.match(passes ?? '', /^passes\.test\.ts\n passes {2}• • {3}\(2 \/ 2\)\n/);
});

test('a file without a test fails, unless it says what it skips', async () => {
  assert.equal(counted(await run(['nothing', 'forgotten', 'skips'])), [
    ['nothing', 0, 0, 'it ran no test'],
    ['forgotten', 0, 0, 'it ran no test'],
    ['skips', 0, 0, undefined],
  ]);
});

test('a file that ends its process counts as a failed test, and the next files run', async () => {
  const results = await run(['passes', 'exits', 'throws', 'rejects', 'passes']);
  assert.equal(counted(results), [
    ['passes', 2, 2, undefined],
    ['exits', 0, 1, 'its process ended with exit code 1'],
    ['throws', 0, 1, 'its process ended with exit code 1'],
    ['rejects', 0, 1, 'its process ended with exit code 1'],
    ['passes', 2, 2, undefined],
  ]);
  const [, exits, throws, rejects] = results.map(({ output }) => output);
  assert.match(exits ?? '', /about to exit\n[^]*Exiting early before testing is finished/);
  assert.match(throws ?? '', 'Error: not loaded');
  assert.match(rejects ?? '', 'nobody waits for this');
});

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a file that hangs is ended with the processes it started, and so is one that keeps its process up', async () => {
  const [[hangs], others] = await Promise.all([run(['hangs'], 4000), run(['passes', 'lingers'], 4000)]);
  assert.is(hangs?.failure, 'it did not end within 4 s');
  const pid = Number(/child (\d+)/.exec(hangs?.output ?? '')?.[1]);
  assert.ok(pid > 0);
  for (let tries = 0; isRunning(pid) && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.not(isRunning(pid), 'the child of the hung file still runs');
  assert.equal(counted(others), [
    ['passes', 2, 2, undefined],
    ['lingers', 1, 1, undefined],
    ['lingers', 0, 1, 'it did not end within 4 s after its tests'],
  ]);
});

test.run();
