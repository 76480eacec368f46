import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { InstallPlan } from '../plan/install-plan';
import { copyAsPlanned } from './copy-as-planned';
import type { ExecutionError } from './execution-error';
import type { Variables } from './gather-inputs';
import { gatherInputs } from './gather-inputs';

/**
 * Fills the folder that an install begins with: what the installer reads and, for a whole build, the user's files, at the
 * paths that they have in the bundle and where relative paths of the requirements hold. On the right are variables that the
 * installer needs for it.
 */
export const layOut = async (
  plan: BundlePlan,
  install: InstallPlan,
  folder: string,
): Promise<E.Either<ExecutionError, Variables>> => {
  if (install.isWhole) {
    for (const source of plan.sources) {
      const file = path.join(plan.entry.root, source.from);
      const target = path.join(folder, install.workingDirectory, source.path);
      await fs.mkdir(path.dirname(target), { recursive: true });
      if (!(await copyAsPlanned(file, target, source))) return E.left({ _tag: 'SourceChanged', path: file });
    }
  }
  // What both are is the same in both; where it is not, the installer reads its own.
  return gatherInputs(install, folder);
};
