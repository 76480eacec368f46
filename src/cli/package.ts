import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { showPlanFieldErrors } from '../plan/decode-plan';
import { runBatch } from '../exec/batch';
import { CARRIED } from '../exec/carry-plan';
import { decodeCarriedPlan } from '../exec/decode-carried-plan';
import { showExecutionError } from '../exec/execution-error';
import { fileError } from '../exec/file-errors';
import { liveWorld } from '../exec/live';
import { unpackCarried } from '../exec/unpack-carried';
import { fail } from './fail';

/** The variable that names the folder of a cloud assembly that was carried elsewhere. */
const ASSEMBLY = 'CDK_LAMBDA_PYTHON_ASSEMBLY';

/**
 * Makes the bundle of a plan in a cloud assembly, and prints the path of the zip: what the CDK CLI runs for an asset that is
 * not in the bucket. It reads the assembly, the store and the package index, and nothing of where the app was synthesized.
 */
export const packageCommand = async (file: string): Promise<void> => {
  const found = await findPlan(file);
  if (found === undefined) return;
  const carried = decodeCarriedPlan(parse(found.json));
  if (isLeft(carried)) {
    fail([`${found.file} is not a plan that can be run:\n${showPlanFieldErrors(carried.left)}`]);
    return;
  }
  const { plan, variables } = carried.right;
  const unset = variables.filter((name) => process.env[name] === undefined);
  if (unset.length > 0) {
    fail([
      `${plan.label}: the variables ${unset.join(', ')} of \`bundling.environment\` or \`bundling.buildArgs\` are not set. Their values are not in the cloud assembly; set them where assets are published.`,
    ]);
    return;
  }
  await packagePlan(plan, path.dirname(found.file));
};

/** Where a plan is looked for: as it is named, in the current folder as an assembly, and in one that a variable names. */
const findPlan = async (
  file: string,
): Promise<{ readonly file: string; readonly json: string } | undefined> => {
  const named = process.env[ASSEMBLY];
  const inAssembly = (folder: string): string => path.resolve(folder, CARRIED, path.basename(file));
  const places = [
    path.resolve(file),
    inAssembly('.'),
    ...(named === undefined || named === '' ? [] : [inAssembly(named)]),
  ];
  for (const place of places) {
    const json = await fs.readFile(place, 'utf8').catch(() => undefined);
    if (json !== undefined) return { file: place, json };
  }
  fail([
    `The plan of this asset is not there. Looked for: ${places.join(', ')}. Run this in the folder in which the app was synthesized, or set ${ASSEMBLY} to the folder of the cloud assembly.`,
  ]);
  return undefined;
};

const packagePlan = async (plan: BundlePlan, carried: string): Promise<void> => {
  const output = path.join(path.dirname(carried), path.basename(plan.output.path));
  try {
    const world = await liveWorld(process.env);
    await world.store.temporary(async (folder) => {
      const unpacked = await unpackCarried(plan, carried, folder, output);
      const [report] = isLeft(unpacked)
        ? []
        : await runBatch(world, [{ plan: unpacked.right, environment: {} }]);
      const error = isLeft(unpacked)
        ? unpacked.left
        : report?.outcome._tag === 'Failed'
          ? report.outcome.error
          : undefined;
      if (error === undefined) process.stdout.write(`${output}\n`);
      // A user knows the files by where they were planned.
      else
        fail([
          `${plan.label}: ${showExecutionError(error).replaceAll(path.join(folder, 'root'), plan.entry.root)}`,
        ]);
    });
  } catch (error) {
    fail([showExecutionError(fileError(error, output))]);
  }
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
