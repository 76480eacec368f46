import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { carriedFile } from '../exec/assembly/carry-plan';
import { showExecutionError } from '../exec/errors/execution-error';
import { fileError } from '../exec/store/file-errors';
import { liveWorld } from '../exec/batch/live-world';
import { carriedIn, readAssembly } from '../exec/assembly/read-assembly';
import { runCarried } from '../exec/assembly/run-carried';
import { builtInstallers } from '../exec/buildkit/take-built';
import { BAKE_FOLDERS } from '../plan/assembly/bake-file';
import { parseShard, plansOfShard } from '../plan/assembly/shard';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { fail } from './fail';
import { inputTexts } from './input-texts';
import { powersOf } from './plan-permissions';

/**
 * Makes the bundles of a cloud assembly, or of one shard of it, and prints their paths. With `built`, the modules are
 * those that `docker buildx bake` has built.
 */
export const runAssembly = async (
  assembly: string,
  {
    shard: shardText = '1/1',
    built = false,
    allowCommands = false,
  }: { readonly shard?: string; readonly built?: boolean; readonly allowCommands?: boolean },
): Promise<void> => {
  const shard = parseShard(shardText);
  if (shard === undefined) {
    fail([
      `The shard ${JSON.stringify(shardText)} must be two whole numbers, such as 2/5: the first is at least 1 and at most the second.`,
    ]);
    return;
  }
  const plans = readAssembly(path.resolve(assembly));
  if (isLeft(plans)) {
    fail(plans.left);
    return;
  }
  const folder = carriedIn(path.resolve(assembly));
  // The modules that bake has built are only put together.
  const asked = allowCommands || built ? [] : plans.right.map(({ plan }) => askedBy(plan, folder));
  const changed = asked.flatMap((each) => each.changed);
  if (changed.length > 0) {
    fail(changed);
    return;
  }
  const powers = asked.flatMap((each) => each.powers);
  if (powers.length > 0) {
    fail([
      `${assembly} has plans with commands of their own:\n${[...new Set(powers)].map((power) => `  ${power}`).join('\n')}\nUse --allow-commands to run them.`,
    ]);
    return;
  }
  const mine = plansOfShard(plans.right, shard);
  process.stderr.write(`shard ${shardText}: ${mine.length} of ${plans.right.length} bundles\n`);
  try {
    const live = await liveWorld(process.env, allowCommands);
    const world = built
      ? { ...live, installers: builtInstallers(path.join(folder, BAKE_FOLDERS.built)) }
      : live;
    const outcomes = await runCarried(world, folder, mine, process.env);
    for (const outcome of outcomes) {
      if (!isLeft(outcome)) process.stdout.write(`${outcome.right}\n`);
    }
    const wrong = outcomes.flatMap((outcome) => (isLeft(outcome) ? [outcome.left] : []));
    if (wrong.length > 0) fail(wrong);
  } catch (error) {
    fail([showExecutionError(fileError(error, folder))]);
  }
};

/** The powers of a plan that need permission, one a line; an error if its requirements files cannot be checked. */
const askedBy = (
  plan: BundlePlan,
  folder: string,
): { readonly powers: readonly string[]; readonly changed: readonly string[] } => {
  const { texts, changed } = inputTexts(plan, ({ digest }) => carriedFile(folder, digest));
  const error = showExecutionError({ _tag: 'AssemblyChanged', path: folder, files: changed });
  return {
    powers: powersOf(plan, texts).map((power) => `${plan.label}: ${power}`),
    changed: changed.length === 0 ? [] : [`${plan.label}: ${error}`],
  };
};
