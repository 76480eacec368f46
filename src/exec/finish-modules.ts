import * as fs from 'node:fs';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { ExecutionError } from './execution-error';
import { finishWhole } from './finish-whole';
import type { InstallTask, Installed } from './install';
import { targetName } from './install';
import { lastLines } from './installer-output';
import type { IsGone } from './left-out';
import { leaveOut } from './left-out';
import { listFiles } from './make-part';
import { installedDistributions } from './recorded-files';
import { tidyTree } from './tidy-tree';
import { tooLarge, total } from './too-large';
import type { InstalledWheel } from './wheel-tags';
import { foreignWheel, installedWheels } from './wheel-tags';

/**
 * Makes of what was installed what is kept: without what differs from machine to machine, and without what the plan leaves
 * out. Tells what it must not be: empty, too large, or of wheels that do not load on the target.
 */
export const finishModules = async (
  task: InstallTask,
  installed: Installed,
): Promise<E.Either<ExecutionError, void>> => {
  const { install, folders, plan } = task;
  const finished = install.isWhole ? finishWhole(task, installed) : finishInstall(task, installed);
  if (E.isLeft(finished)) return finished;
  // Else hundreds of megabytes would be compressed and compiled, to be told that they do not fit.
  const files = listFiles(folders.output);
  const limit = plan.output.maximumSize;
  if (total(files) > limit) return E.left(tooLarge(files, limit));
  const wheels = (await installedWheels(installed.records ?? folders.output)).filter(
    ({ distribution }) => !finished.right(`${distribution}.dist-info/WHEEL`),
  );
  return checkWheels(wheels, plan, installed);
};

const checkWheels = (
  wheels: readonly InstalledWheel[],
  plan: BundlePlan,
  { by }: Installed,
): E.Either<ExecutionError, void> => {
  const foreign = foreignWheel(wheels, plan, by);
  return foreign === undefined
    ? E.right(undefined)
    : E.left({
        _tag: 'WrongWheel',
        distribution: foreign.distribution,
        tag: foreign.tags.join(', '),
        target: targetName(plan),
      });
};

const finishInstall = (
  { install, folders: { output: tree } }: InstallTask,
  { tool, output }: Installed,
): E.Either<ExecutionError, IsGone> => {
  tidyTree(tree);
  if (!install.mayBeEmpty && fs.readdirSync(tree).length === 0) {
    return E.left({ _tag: 'NothingInstalled', tool, output: lastLines(output) });
  }
  const distributions = installedDistributions(tree);
  const files = (): readonly string[] => listFiles(tree).map((file) => file.path);
  return E.right(leaveOut({ tree, distributions, files, taken: [] }, install.leftOut));
};
