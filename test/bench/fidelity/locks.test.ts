import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Comparison } from '../../../bench/fidelity/locks/compare';
import { compareSeed, isSame } from '../../../bench/fidelity/locks/compare';
import { comparedAgain, keptProjects } from '../../../bench/fidelity/locks/kept';
import { numbersOf, randomFrom } from '../../../bench/fidelity/locks/random';
import { generate } from '../../../bench/fidelity/locks/random-project';
import { newestPip, uv } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const test = suite('locks beside the exports of their tools');

/** Seeds of projects that have forks, conflicts, environments, extras of extras and groups that include others. */
const SEEDS = [2, 3, 5, 8, 12, 19];

const differencesOf = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter((each) => !isSame(each));

const compareAll = async (seeds: readonly number[]): Promise<readonly Comparison[]> => {
  const found: Comparison[] = [];
  for (const seed of seeds)
    found.push(...(await compareSeed(seed, { uv: uv() }, newestPip(), temporaryFolder())).comparisons);
  return found;
};

test('the project of a seed is always the same', () => {
  const project = (seed: number) => generate(randomFrom(numbersOf(seed)));
  assert.equal(project(7), project(7));
  assert.not.equal(project(7), project(8));
});

test('uv.lock, and pylock.toml by uv, on four targets', async () => {
  const found = await compareAll(SEEDS);
  assert.equal(differencesOf(found), []);
  assert.ok(found.length > 200, `only ${found.length} sets were compared`);
  const refused = found.filter(({ ours }) => 'refused' in ours);
  // Sets that are installed, and locks that are not for the target: both must be among them.
  assert.ok(
    refused.length > 10 && refused.length < found.length / 2,
    `${refused.length} of ${found.length} were refused`,
  );
});

/** Projects with the exports of PDM and Poetry: neither tool is on every machine, and each lock takes them seconds. */
const KEPT = keptProjects(path.resolve(__dirname, '../../fixtures/locks'));

for (const tool of ['pdm', 'poetry'] as const)
  test(`${tool}.lock, and what ${tool} exported of it, on four targets`, () => {
    const found = KEPT.filter((kept) => kept.tool === tool).flatMap(comparedAgain);
    assert.equal(
      found.filter((each) => !isSame(each)),
      [],
    );
    assert.ok(found.length >= 60, `only ${found.length} sets were compared`);
    const installed = found.filter(({ ours }) => !('refused' in ours));
    assert.ok(installed.length > found.length / 2, `only ${installed.length} sets are installed`);
  });

test.run();
