import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { BUILD_SCRIPT_NAME, buildScript } from '../plan/build-script';
import type { BundlePlan } from '../plan/bundle-plan';
import type { InstallPlan } from '../plan/install-plan';
import { openTools, putTools } from './container-tools';
import { putWholeTools } from './container-whole';

/** Puts into a folder what a build of a set of modules runs. */
export const putBuildTools = async (
  folder: string,
  install: InstallPlan,
  { sources }: Pick<BundlePlan, 'sources'>,
  searchPath: string,
  empty: readonly string[] = [],
): Promise<void> => {
  if (install.isWhole) await putWholeTools(folder, install, sources);
  await putTools(folder, install.docker.platform, searchPath, install.leftOut.omit);
  await fs.writeFile(path.join(folder, BUILD_SCRIPT_NAME), buildScript(install.docker, empty));
  await openTools(folder);
};
