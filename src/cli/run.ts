import * as fs from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isLeft } from 'fp-ts/Either';
import { decodePlan, showPlanFieldErrors } from '../plan/decode-plan';
import type { OutOptions } from './bundle';
import { makeBundleAt } from './bundle';
import { fail } from './fail';

/** Makes the bundle of a plan from a file; nothing of it runs before all of it was found to be a plan. */
export const run = async (file: string, options: OutOptions): Promise<void> => {
  const json =
    file === '-' ? await text(process.stdin) : await fs.readFile(file, 'utf8').catch(() => undefined);
  if (json === undefined) {
    fail([`Cannot read the plan ${file}.`]);
    return;
  }
  const value = parse(json);
  if (value === undefined) {
    fail([`${file} is not JSON. "cdk-lambda-python plan FILE --json" prints a plan.`]);
    return;
  }
  const plan = decodePlan(value);
  if (isLeft(plan)) {
    fail([`${file} is not a plan that can be run:\n${showPlanFieldErrors(plan.left)}`]);
    return;
  }
  await makeBundleAt(plan.right, options);
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
