import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { hasOwnCommand } from '../../plan/install/container-install';
import type { InstallPlan } from '../../plan/model/install-plan';
import { generatedPaths } from '../../plan/install/whole-build';
import { sourcePlace } from '../../plan/model/source-place';
import { copyAsPlanned } from './copy-as-planned';
import type { ExecutionError } from '../errors/execution-error';
import type { Variables } from './gather-inputs';
import { gatherInputs } from './gather-inputs';
import { asideOf, exchangeFiles } from './set-aside';

/**
 * Fills the input folder of an install: the installer's inputs and, for a whole build, the user's files at their paths
 * in the bundle. Relative paths in the requirements hold there.
 *
 * @returns variables that the installer needs
 */
export const layOut = async (
  plan: BundlePlan,
  install: InstallPlan,
  folder: string,
): Promise<E.Either<ExecutionError, Variables>> => {
  if (install.isWhole) {
    const sources = await layOutSources(plan, path.join(folder, install.workingDirectory));
    if (E.isLeft(sources)) return sources;
    const taken = new Set(generatedPaths(install));
    const displaced = plan.sources.filter((source) => taken.has(source.path));
    const aside = await layOutSources({ entry: plan.entry, sources: displaced }, asideOf(folder));
    if (E.isLeft(aside)) return aside;
  }
  // A file of both is the same in both. If not, the installer reads its own version, and commands read the user's.
  return gatherInputs(install, folder);
};

/** Puts the user's files into a folder, at their paths in the bundle, each as it was planned. */
export const layOutSources = async (
  { entry, sources }: Pick<BundlePlan, 'entry' | 'sources'>,
  folder: string,
): Promise<E.Either<ExecutionError, void>> => {
  for (const source of sources) {
    const [from, target] = [sourcePlace(entry, source), path.join(folder, source.path)];
    await fs.mkdir(path.dirname(target), { recursive: true });
    if (!(await copyAsPlanned(from, target, source))) return E.left({ _tag: 'SourceChanged', path: from });
  }
  return E.right(undefined);
};

/** Replaces files written for installers by the user's own, if a command runs in the installer's place. */
export const showToCommand = (install: InstallPlan, folder: string): void => {
  if (install.isWhole && hasOwnCommand(install.docker))
    exchangeFiles(path.join(folder, install.workingDirectory), asideOf(folder), generatedPaths(install));
};
