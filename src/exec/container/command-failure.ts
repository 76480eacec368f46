import { hasOwnCommand } from '../../plan/install/container-install';
import { variablesRefusedInContainer } from './container-versions';
import { hookFailure } from './container-whole';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { targetName } from '../install/install';
import { buildFailed, saysBuild } from '../failures/failed-build';
import { indexFailure } from '../failures/index-failure';
import { onLoopback } from '../failures/index-on-loopback';
import { failedWith, installFailure } from '../failures/install-failure';
import { noUvInContainer } from '../install/needs-uv';
import { noGitInImage } from '../git/no-git-in-image';
import { lastLines, mismatchedHash, pipComplaints, uvComplaints } from '../scripts/installer-output';
import { refusedRequirement, sdistForbidden } from '../failures/refused-requirement';
import { refusedOrderInContainer } from '../variables/refused-order';
import type { CommandResult } from '../process/shell';

/** The task of a container, and the variables of the bundle. */
type AskedTask = Pick<InstallTask, 'plan' | 'install'> & Partial<Pick<InstallTask, 'environment'>>;

/**
 * The reason why a container failed, from its output: commands of the user's, an unavailable requirement, an index.
 *
 * @param tool the name of the failed step, for messages
 */
export const commandFailure = (
  { plan, install, environment = {} }: AskedTask,
  tool: string,
  result: CommandResult,
): ExecutionError =>
  hookFailure(install, result) ??
  noUvInContainer(install, result.output) ??
  noGitInImage(install, result.output) ??
  refusedOrderInContainer(install, result.output) ??
  variablesRefusedInContainer({ install, environment }, result.output) ??
  (hasOwnCommand(install.docker) ? failedWith(tool, result) : undefined) ??
  forbidden({ plan, install }, result.output) ??
  refusedRequirement(install, targetName(plan), result.output) ??
  failedBuild(install, result.output) ??
  onLoopback(install, dateFailure(tool, installFailure(tool, result), result.output), result.output);

/**
 * A pip that does not know the option for a date prints its usage, which does not show the cause. The text before it is
 * uv's, if uv was tried first.
 */
const dateFailure = (tool: string, failure: ExecutionError, output: string): ExecutionError =>
  failure._tag === 'InstallFailed' && /no such option: --uploaded-prior-to/.test(failure.output)
    ? { _tag: 'PipTooOldForDate', tool, output: lastLines(output.split(/^Usage:/m, 1)[0] ?? '') }
    : failure;

/** The failure of a build. Nothing else is tried after a container, whatever it lacks. */
const failedBuild = (install: InstallTask['install'], output: string): ExecutionError | undefined => {
  const requirement = pipComplaints(output).unbuildable ?? uvComplaints(output).unbuildable;
  return requirement !== undefined && saysBuild(output)
    ? buildFailed(install, requirement, output)
    : undefined;
};

/** The requirements without a wheel, if nothing may be built. */
const forbidden = (
  { plan, install }: Pick<InstallTask, 'plan' | 'install'>,
  output: string,
): ExecutionError | undefined => {
  if (install.sdist !== 'forbid' || mismatchedHash(output) !== undefined) return undefined;
  const [uv, pip] = [uvComplaints(output), pipComplaints(output)];
  // pip says this for a failed index as well.
  const byPip = indexFailure(output) === undefined ? pip.withoutWheel[0] : undefined;
  const requirement = pip.refused ?? uv.withoutWheel[0] ?? byPip;
  return requirement === undefined ? undefined : sdistForbidden(install, plan, requirement);
};
