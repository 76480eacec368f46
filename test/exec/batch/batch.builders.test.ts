import { setImmediate } from 'node:timers/promises';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../../src/exec/batch/batch';
import type { Install } from '../../../src/exec/install/install';
import { silent } from '../../../src/exec/process/progress';
import { folderStore } from '../../../src/exec/store/store';
import type { ExecutorName } from '../../../src/plan/request/bundle-request';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('a batch with several builders');

/**
 * How many of six sets are installed at the same time, where there are three builders with room for one each. An install
 * waits for as many as are expected, and then for more.
 */
const atATime = async (executor: ExecutorName, expected: number): Promise<number> => {
  let [running, most] = [0, 0];
  const deadline = performance.now() + 10_000;
  const install: Install = async ({ folders }) => {
    running += 1;
    most = Math.max(most, running);
    while (most < expected && performance.now() < deadline) await setImmediate();
    for (let turn = 0; turn < 1000; turn += 1) await setImmediate();
    running -= 1;
    writeTree(folders.output, { 'module.py': '' });
    return E.right({ by: 'host', tool: 'fake 1', output: '' });
  };
  const plans = Array.from({ length: 6 }, (_, index) => planWith(`six==1.${index}\n`, { executor }));
  const reports = await runBatch(
    {
      store: folderStore(temporaryFolder()),
      installers: { host: install, docker: install, buildkit: install, auto: install },
      places: { environment: {}, platform: 'linux' },
      compile: () => Promise.resolve(undefined),
      compileSources: () => Promise.resolve(),
      progress: silent,
      now: () => 0,
      parallelism: 1,
      builders: 3,
    },
    plans.map((plan) => ({ plan, environment: {} })),
  );
  assert.ok(reports.every(({ outcome }) => outcome._tag === 'Bundled'));
  return most;
};

test('all builders are busy at once', async () => {
  assert.is(await atATime('buildkit', 3), 3);
});

test('what is installed on this machine has no more room by that', async () => {
  for (const executor of ['host', 'docker', 'auto'] as const) assert.is(await atATime(executor, 1), 1);
});

test.run();
