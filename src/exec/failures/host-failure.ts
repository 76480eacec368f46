import { redactUrls } from '../../plan/values/redact';
import type { ExecutionError } from '../errors/execution-error';
import { buildFailed, saysBuildFailed } from './failed-build';
import type { FoundTool } from '../machine/host-tool';
import type { InstallTask } from '../install/install';
import { targetName } from '../install/install';
import { installFailure } from './install-failure';
import { lastLines, saysDiskFull } from '../scripts/installer-output';
import { localLineOf } from '../install/local-lines';
import { refusedRequirement, sdistForbidden } from './refused-requirement';
import type { CommandResult } from '../process/shell';

export const toolName = ({ tool, version }: FoundTool): string => `${tool.tool} ${version}`;

/**
 * Why an install on this machine has failed.
 *
 * @param needsBuild the requirement that needs a build, as the installer names it
 */
export const hostFailure = (
  { plan, install, folders: { output } }: Pick<InstallTask, 'plan' | 'install' | 'folders'>,
  found: FoundTool,
  result: CommandResult,
  needsBuild: string | undefined,
): ExecutionError => {
  if (saysDiskFull(result.output)) return { _tag: 'DiskFull', path: output };
  const refused =
    needsBuild === undefined ? refusedRequirement(install, targetName(plan), result.output) : undefined;
  if (refused !== undefined) return refused;
  if (needsBuild !== undefined && install.sdist === 'forbid')
    return sdistForbidden(install, plan, needsBuild);
  if (needsBuild === undefined) return installFailure(toolName(found), result);
  return saysBuildFailed(result.output)
    ? buildFailed(install, needsBuild, result.output)
    : cannotBuild({ plan, install }, needsBuild, result);
};

/**
 * uv takes the wheel for the newest C library that it may use, and knows only these two levels of manylinux. pip can
 * be asked for each level.
 */
const UV_TOOK_NEWER =
  'uv supports manylinux_2_17 and manylinux_2_28, and no level between: it took a wheel that needs a newer C library than the runtime has. If the version has another wheel, such as one for manylinux_2_24, set `bundling.installer` to "pip".';

/** The error for a requirement that must be built for Lambda, which this machine cannot do. */
export const cannotBuild = (
  { plan, install }: Pick<InstallTask, 'plan' | 'install'>,
  requirement: string,
  { output }: CommandResult,
): ExecutionError => ({
  _tag: 'NeedsBuild',
  requirement: localLineOf(install, requirement)?.requirement ?? redactUrls(requirement),
  target: targetName(plan),
  output: lastLines(output),
});

/** The error for an installed distribution that does not load on Lambda, so that it must be built. */
export const cannotLoad = (
  task: Pick<InstallTask, 'plan' | 'install'>,
  { tool }: FoundTool,
  distribution: string,
  result: CommandResult,
): ExecutionError => {
  const isNewer = tool.tool === 'uv' && tool.newer !== undefined;
  const output = isNewer ? `${result.output}\n${UV_TOOK_NEWER}` : result.output;
  return cannotBuild(task, distribution.replace('-', '=='), { ...result, output });
};
