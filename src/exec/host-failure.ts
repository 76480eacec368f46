import { redactUrls } from '../plan/redact';
import type { ExecutionError } from './execution-error';
import { buildFailed, saysBuildFailed } from './failed-build';
import type { FoundTool } from './host-tool';
import type { InstallTask } from './install';
import { targetName } from './install';
import { installFailure } from './install-failure';
import { lastLines, saysDiskFull } from './installer-output';
import { localLineOf } from './local-lines';
import { refusedRequirement, sdistForbidden } from './refused-requirement';
import type { CommandResult } from './shell';

export const toolName = ({ tool, version }: FoundTool): string => `${tool.tool} ${version}`;

/**
 * Why an install on this machine has failed.
 *
 * @param needsBuild what could not be had without a build, as the installer calls it
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

/** What must be built for Lambda, which this machine cannot do. */
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
