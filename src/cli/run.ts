import * as fs from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isLeft } from 'fp-ts/Either';
import { decodePlan, showPlanFieldErrors } from '../plan/decode-plan';
import { reasonOf } from '../exec/file-kind';
import { fail } from './fail';
import type { OutOptions } from './put-bundle';
import { putBundle } from './put-bundle';

/** Makes the bundle of a plan from a file; nothing of it runs before all of it was found to be a plan. */
export const run = async (file: string, options: OutOptions): Promise<void> => {
  const json = await (file === '-' ? text(process.stdin) : fs.readFile(file, 'utf8')).catch(
    (error: unknown) => {
      fail([`Cannot read the plan ${file}: ${reasonOf(error)}.`]);
    },
  );
  if (json === undefined) return;
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
  await putBundle(plan.right, options);
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
