import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { runBatch } from '../exec/batch';
import { showExecutionError } from '../exec/execution-error';
import { liveWorld } from '../exec/live';
import type { BundlePlan } from '../plan/bundle-plan';
import { fail } from './fail';
import { planFile, warn } from './plan';
import type { RequestOptions } from './request';

/** Where a bundle goes on the command line. */
export interface OutOptions {
  readonly out: string;
  readonly force?: true;
}

/** Makes the bundle of a file. */
export const bundle = async (file: string, options: RequestOptions & OutOptions): Promise<void> => {
  const planned = planFile(file, options);
  if (planned === undefined) return;
  warn(planned);
  await makeBundleAt(planned, options);
};

/** Makes a plan's bundle in a folder, whole or not at all, and prints the folder's path. */
export const makeBundleAt = async (plan: BundlePlan, { out, force }: OutOptions): Promise<void> => {
  const folder = path.resolve(out);
  const present = await fs.readdir(folder).catch(() => undefined);
  if (present !== undefined && present.length > 0 && force !== true) {
    fail([`${folder} is not empty. Name a new folder, or say --force to replace what is in it.`]);
    return;
  }
  const partial = `${folder}.${process.pid}.partial`;
  const here = { ...plan, output: { ...plan.output, directory: partial } };
  const [report] = await runBatch(await liveWorld(process.env), [{ plan: here, environment: {} }]);
  if (report?.outcome._tag === 'Failed') {
    fail([`${plan.label}: ${showExecutionError(report.outcome.error)}`]);
    return;
  }
  await fs.rm(folder, { recursive: true, force: true });
  await fs.rename(partial, folder);
  process.stdout.write(`${folder}\n`);
};
