import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { hasOwnCommand } from '../../plan/install/container-install';
import { sourcePlace } from '../../plan/model/source-place';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask, Installed } from '../install/install';
import { lastLines } from '../scripts/installer-output';
import { takenPaths } from '../distributions/installed-records';
import type { IsGone } from './leave-out';
import { leaveOut } from './leave-out';
import { listFiles } from './make-part';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { installedDistributions, ownerAmong } from '../distributions/recorded-files';
import { tidyWhole } from '../distributions/tidy-tree';
import { wholeObstacle } from '../bundle/shadowed-in-whole';

/**
 * Finishes a folder that the user's commands have built as a bundle. The user's own files stay as they are. Only files
 * of distributions are left out, and those may have lost their metadata by now.
 */
export const finishWhole = (
  { plan, install, folders }: InstallTask,
  { tool, output, records = folders.output }: Installed,
): E.Either<ExecutionError, IsGone> => {
  const tree = folders.output;
  const said = lastLines(output);
  const taken = takenPaths(records);
  const distributions = installedDistributions(records);
  if (isLacking(install) && distributions.length === 0) {
    return E.left({ _tag: 'NothingInstalled', tool, output: said });
  }
  tidyWhole(tree, distributions, taken);
  const files = (): readonly string[] => distributions.flatMap((one) => one.files);
  const isGone = leaveOut({ tree, distributions, files, taken }, install.leftOut);
  const wanted = taken.find((file) => !isGone(file));
  if (wanted !== undefined) return E.left(conflict(plan, wanted, distributions));
  const built = new Set(listFiles(tree).map((file) => file.path));
  const obstacle = wholeObstacle(plan, built, (file) => ownerOf(distributions, file));
  if (obstacle !== undefined) return E.left(obstacle);
  return built.size === 0 ? E.left({ _tag: 'NothingBuilt', tool, output: said }) : E.right(isGone);
};

/** Whether an install must have installed something: a user's own command may install nothing. */
const isLacking = ({ mayBeEmpty, requirements, docker }: InstallTask['install']): boolean =>
  !mayBeEmpty && requirements.length > 0 && !hasOwnCommand(docker);

const conflict = (
  { entry, sources }: BundlePlan,
  file: string,
  distributions: readonly InstalledDistribution[],
): ExecutionError => {
  const source = sources.find(
    (one) => one.path === file || file.startsWith(`${one.path}/`) || one.path.startsWith(`${file}/`),
  );
  return {
    _tag: 'FileConflict',
    path: file,
    source: source === undefined ? 'what `beforeBundling` made' : sourcePlace(entry, source),
    distribution: ownerOf(distributions, file),
  };
};

const ownerOf = (distributions: readonly InstalledDistribution[], file: string): string =>
  ownerAmong(distributions, file) ?? 'the dependencies';
