import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { layOutContexts } from '../exec/assembly/bake-contexts';
import { buildCache } from '../exec/buildkit/build-cache';
import type { CarriedPlan } from '../exec/assembly/carry-plan';
import { CARRIED } from '../exec/assembly/carry-plan';
import { certificatesOf } from '../exec/machine/certificates';
import { showExecutionError } from '../exec/errors/execution-error';
import { homeOf } from '../exec/files/home';
import { machineFiles } from '../exec/machine/machine-files';
import { namedFromHere } from '../exec/variables/absolute-variable-paths';
import { saidByMachine } from '../exec/machine/settings-files';
import { findNetrc } from '../exec/machine/netrc';
import { carriedIn } from '../exec/assembly/read-assembly';
import { folderStore, storeFolder } from '../exec/store/store';
import { BAKE_FOLDERS, bakeErrors, bakeFile } from '../plan/assembly/bake-file';
import { showPlanError } from '../plan/errors/plan-error';
import { fail } from './fail';

/**
 * Prints the plans of a cloud assembly as a file for `docker buildx bake`, and writes the contexts of its builds beside
 * them.
 *
 * @param assembly the folder as the user named it, relative to the folder in which bake runs
 */
export const planBake = async (assembly: string, plans: readonly CarriedPlan[]): Promise<void> => {
  const environment = namedFromHere(process.env);
  const refused = plans.flatMap(({ plan }) =>
    bakeErrors(plan).map((error) => `${plan.label}: ${showPlanError(error)}`),
  );
  const cache = buildCache(environment);
  if (isLeft(cache) || refused.length > 0) {
    fail([...refused, ...(isLeft(cache) ? [showExecutionError(cache.left)] : [])]);
    return;
  }
  const carried = carriedIn(path.resolve(assembly));
  const store = folderStore(storeFolder(environment, process.platform));
  const said = saidByMachine(environment, machineFiles({ environment, platform: process.platform }));
  if (isLeft(said)) {
    fail([showExecutionError(said.left)]);
    return;
  }
  const { variables } = said.right;
  for (const note of certificatesOf(variables).notes) process.stderr.write(`note: ${note}\n`);
  const world = { store, searchPath: environment['PATH'] ?? '', variables };
  const laidOut = await layOutContexts(world, plans, carried, path.join(carried, BAKE_FOLDERS.contexts));
  if (isLeft(laidOut)) {
    fail(laidOut.left.map(([{ plan }, error]) => `${plan.label}: ${showExecutionError(error)}`));
    return;
  }
  const at = (folder: string): string => path.posix.join(assembly, CARRIED, folder);
  const netrc = findNetrc(environment, homeOf(environment));
  const file = bakeFile(
    plans.map(({ plan }) => plan),
    {
      contexts: at(BAKE_FOLDERS.contexts),
      built: at(BAKE_FOLDERS.built),
      isSet: (name) => environment[name] !== undefined,
      ...(netrc === undefined ? {} : { netrc }),
      cacheOf: cache.right,
    },
  );
  process.stdout.write(`${JSON.stringify(file, null, 2)}\n`);
};
