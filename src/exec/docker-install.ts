import * as E from 'fp-ts/Either';
import { hasOwnCommand } from '../plan/docker-install';
import type { Values } from '../plan/installer-environment';
import { containerEnvironment } from '../plan/installer-environment';
import { hookFailure, putWholeTools, takeRecords } from './container-whole';
import { putTools } from './container-tools';
import type { ExecutionError } from './execution-error';
import type { Install, InstallTask } from './install';
import { targetName } from './install';
import { failedWith, installFailure } from './install-failure';
import { lastLines, mismatchedHash, pipComplaints, saysDiskFull, uvComplaints } from './installer-output';
import { findNetrc } from './netrc';
import { refusedRequirement, sdistForbidden } from './refused-requirement';
import { redactingShell, valuesOf } from './redacting-shell';
import type { ContainerResult } from './run-container';
import { runContainer } from './run-container';
import type { Shell } from './shell';
import { NOT_FOUND, succeeded } from './shell';
import { HOOK_MARKER } from './whole-script';

/**
 * The container engine's client, and the user that its containers run as (`UID:GID`).
 *
 * @since 0.1.0
 */
export interface Engine {
  readonly program: string;
  readonly user: string;
  /** The PATH on which uv is looked for, to be lent to containers. @default none is lent */
  readonly searchPath?: string;
  /** The variables that the client has of this machine. @default none are known */
  readonly environment?: Values;
  /** The folder in which a netrc file is looked for. @default only NETRC names one */
  readonly home?: string;
}

/** The exit code with which `docker run` tells that the engine itself failed, not the command in the container. */
const ENGINE_FAILED = 125;

/** That of a container in which the first process was ended by SIGKILL. */
const KILLED = 137;

/**
 * Installs in a container of the plan's image, which has the runtime's own Python, pip and compilers.
 *
 * @since 0.1.0
 */
export const dockerInstaller =
  (shell: Shell, { program, user, searchPath = '', environment: own = {}, home }: Engine): Install =>
  async ({ plan, install, folders, environment }) => {
    const { docker } = install;
    const tool = `${hasOwnCommand(docker) ? 'the command' : 'pip'} in ${docker.image}`;
    if (install.isWhole) await putWholeTools(folders.tools, install, plan.sources);
    await putTools(folders.tools, docker.platform, searchPath);
    const netrc = findNetrc({ ...own, ...environment }, home);
    const result = await runContainer(redactingShell(shell, valuesOf(docker.environment, own, environment)), {
      program,
      docker,
      folders,
      user,
      ...(netrc === undefined ? {} : { netrc }),
      environment: containerEnvironment(environment),
    });
    if (succeeded(result)) {
      const records = install.isWhole ? takeRecords(folders) : undefined;
      return E.right({
        by: 'docker',
        tool,
        output: result.output,
        ...(records === undefined ? {} : { records }),
      });
    }
    // Also the code of a container whose image has no such command.
    const isMissing = result.exitCode === NOT_FOUND && (await hasNone(shell, program));
    return E.left(
      isMissing
        ? { _tag: 'DockerNotFound', program }
        : (engineFailure(program, docker.image, folders, result) ??
            hookFailure(install, result) ??
            (result.isOfEngine
              ? failedWith(`copying files with ${program}`, result)
              : hasOwnCommand(docker)
                ? failedWith(tool, result)
                : (forbidden(install, plan, result.output) ??
                  refusedRequirement(install, targetName(plan), result.output) ??
                  installFailure(tool, result)))),
    );
  };

/** What either tool has found no wheel of, where nothing may be built. */
const forbidden = (
  install: InstallTask['install'],
  plan: InstallTask['plan'],
  output: string,
): ExecutionError | undefined => {
  if (install.sdist !== 'forbid' || mismatchedHash(output) !== undefined) return undefined;
  const [uv, pip] = [uvComplaints(output), pipComplaints(output)];
  const requirement = pip.refused ?? uv.withoutWheel[0] ?? pip.withoutWheel[0];
  return requirement === undefined ? undefined : sdistForbidden(install, plan, requirement);
};

const hasNone = async (shell: Shell, program: string): Promise<boolean> =>
  (await shell({ argv: [program, '--version'] })()).exitCode === NOT_FOUND;

const NO_DAEMON =
  /cannot connect to (the docker daemon|podman)|is the docker daemon running|(failed|trying) to connect to the docker|error during connect|docker daemon is not running|cannot access containerd socket|error waiting for container: unexpected EOF/i;

/** What engines say of an image they have not and cannot get; a pull that went well says "Status: Downloaded". */
const NO_IMAGE =
  /unable to find image(?![\s\S]*Status: Downloaded)|pull access denied|manifest unknown|no such image|repository does not exist|invalid reference format|initializing source|unable to copy from source/i;

/** What is no fault of what runs in the container. */
const engineFailure = (
  program: string,
  image: string,
  { output }: InstallTask['folders'],
  result: ContainerResult,
): ExecutionError | undefined => {
  const said = lastLines(result.output);
  const code = result.isOfEngine ? ENGINE_FAILED : (result.exitCode ?? 0);
  // Some clients end with 1, as pip does too; none of these words are pip's.
  if ([ENGINE_FAILED, 1].includes(code) && NO_DAEMON.test(said)) {
    return { _tag: 'DockerDaemonDown', program, output: said };
  }
  if (code === ENGINE_FAILED && NO_IMAGE.test(result.output)) {
    return { _tag: 'ImageNotAvailable', image, output: said };
  }
  if (saysDiskFull(result.output)) return { _tag: 'DiskFull', path: output };
  // A command of the user's that was killed is one that failed, in a container that went on.
  const isKilled = code === KILLED && !result.output.includes(HOOK_MARKER);
  return isKilled ? { _tag: 'ContainerKilled', image, output: said } : undefined;
};
