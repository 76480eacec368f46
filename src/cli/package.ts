import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { liveWorld } from '../exec/batch/live-world';
import { carriedIn, readCarriedPlan } from '../exec/assembly/read-assembly';
import { runCarried } from '../exec/assembly/run-carried';
import { showExecutionError } from '../exec/errors/execution-error';
import { fileError } from '../exec/store/file-errors';
import { fail } from './fail';

/** The variable that names the folder of a moved cloud assembly. */
const ASSEMBLY = 'CDK_LAMBDA_PYTHON_ASSEMBLY';

/**
 * Makes the bundle of a plan in a cloud assembly, and prints the path of the zip. The CDK CLI runs this for an asset
 * that is not in the bucket.
 */
export const packageCommand = async (file: string): Promise<void> => {
  const places = placesOf(file, process.env[ASSEMBLY]);
  const found = places.find((place) => fs.existsSync(place));
  if (found === undefined) {
    fail([
      `The plan of this asset was not found. Looked for: ${places.join(', ')}. Run this in the folder in which the app was synthesized, or set ${ASSEMBLY} to the folder of the cloud assembly.`,
    ]);
    return;
  }
  const carried = readCarriedPlan(found);
  if (isLeft(carried)) {
    fail([carried.left]);
    return;
  }
  const folder = path.dirname(found);
  try {
    const world = await liveWorld(process.env);
    const [outcome] = await runCarried(world, folder, [carried.right], process.env);
    if (outcome === undefined || isLeft(outcome)) fail([outcome?.left ?? '']);
    else process.stdout.write(`${outcome.right}\n`);
  } catch (error) {
    fail([showExecutionError(fileError(error, folder))]);
  }
};

/** The places of a plan: the path as given, the assembly in the current folder, and the one that the variable names. */
const placesOf = (file: string, named = ''): readonly string[] => [
  path.resolve(file),
  ...['.', ...(named === '' ? [] : [named])].map((assembly) =>
    path.join(carriedIn(path.resolve(assembly)), path.basename(file)),
  ),
];
