import { isLeft } from 'fp-ts/Either';
import { fail } from './fail';
import { powersOf } from './powers';
import type { OutOptions } from './put-bundle';
import { putBundle } from './put-bundle';
import { readPlan } from './read-plan';

/** Where the bundle goes, and what a plan may do. */
export interface RunOptions extends OutOptions {
  readonly allowCommands?: boolean;
}

/** Makes the bundle of a plan from a file; nothing of it runs before all of it was found to be a plan. */
export const run = async (file: string, options: RunOptions): Promise<void> => {
  const plan = await readPlan(file);
  if (isLeft(plan)) {
    fail([plan.left]);
    return;
  }
  const powers = options.allowCommands === true ? [] : powersOf(plan.right);
  if (powers.length > 0) {
    fail([
      `${file} has commands of its own:\n${powers.map((power) => `  ${power}`).join('\n')}\nSay --allow-commands to run them.`,
    ]);
    return;
  }
  await putBundle(plan.right, options);
};
