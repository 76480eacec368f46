import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { BUILD_SCRIPT_NAME, buildScript } from '../../plan/assembly/build-script';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import { openTools, putTools } from '../container/container-tools';
import { putWholeTools } from '../container/container-whole';

/**
 * Puts the programs for a build of a set of modules into a folder.
 *
 * @param input the folder that the install began with, by which the files that were set aside are found
 */
export const putBuildTools = async (
  folder: string,
  install: InstallPlan,
  { sources }: Pick<BundlePlan, 'sources'>,
  searchPath: string,
  input: string,
  empty: readonly string[] = [],
): Promise<void> => {
  if (install.isWhole) await putWholeTools(folder, install, sources, input);
  await putTools(folder, install.docker.platform, searchPath, install.leftOut.omit);
  await fs.writeFile(path.join(folder, BUILD_SCRIPT_NAME), buildScript(install.docker, empty));
  await openTools(folder);
};
