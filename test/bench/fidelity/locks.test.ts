import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Comparison } from '../../../bench/fidelity/locks/compare';
import { compareSeed, isSame } from '../../../bench/fidelity/locks/compare';
import type { LockTool } from '../../../bench/fidelity/locks/manifest';
import { numbersOf, randomFrom } from '../../../bench/fidelity/locks/random';
import { generate } from '../../../bench/fidelity/locks/random-project';
import { newestPip, uv } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const test = suite('locks beside the exports of their tools');

/** Seeds of projects that have forks, conflicts, environments, extras of extras and groups that include others. */
const SEEDS = [2, 3, 5, 8, 12, 19];

const differencesOf = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter((each) => !isSame(each));

/** Programs of this machine's PATH: tools that are not there are not asked. */
const onPath = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

const compareAll = async (
  tool: LockTool,
  program: string,
  seeds: readonly number[],
): Promise<readonly Comparison[]> => {
  const found: Comparison[] = [];
  for (const seed of seeds)
    found.push(...(await compareSeed(seed, { [tool]: program }, newestPip(), temporaryFolder())).comparisons);
  return found;
};

test('the project of a seed is always the same', () => {
  const project = (seed: number) => generate(randomFrom(numbersOf(seed)));
  assert.equal(project(7), project(7));
  assert.not.equal(project(7), project(8));
});

test('uv.lock, and pylock.toml by uv, on four targets', async () => {
  const found = await compareAll('uv', uv(), SEEDS);
  assert.equal(differencesOf(found), []);
  assert.ok(found.length > 200, `only ${found.length} sets were compared`);
  const refused = found.filter(({ ours }) => 'refused' in ours);
  // Sets that are installed, and locks that are not for the target: both must be among them.
  assert.ok(
    refused.length > 10 && refused.length < found.length / 2,
    `${refused.length} of ${found.length} were refused`,
  );
});

for (const tool of ['poetry', 'pdm'] as const) {
  const program = onPath(tool);
  if (program !== undefined)
    test(`${tool}.lock, and pylock.toml by ${tool}`, async () => {
      assert.equal(differencesOf(await compareAll(tool, program, SEEDS.slice(0, 3))), []);
    });
}

test.run();
