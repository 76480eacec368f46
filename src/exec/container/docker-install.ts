import * as E from 'fp-ts/Either';
import { hasOwnCommand } from '../../plan/install/container-install';
import type { Values } from '../../plan/variables/installer-environment';
import { downloadsOf } from '../../plan/assembly/shared-downloads';
import { commandFailure } from './command-failure';
import { containerValues } from './container-values';
import { putWholeTools, takeRecords } from './container-whole';
import { putTools } from './container-tools';
import { engineFailure } from '../failures/engine-failure';
import type { EngineSight } from './engine-sight';
import { engineSight } from './engine-sight';
import type { Install } from '../install/install';
import { showToCommand } from '../install/lay-out';
import { failedWith } from '../failures/install-failure';
import { takeInstaller } from '../errors/installer-used';
import type { MachineFiles } from '../machine/settings-files';
import { putMachine } from './machine-in-container';
import { NO_FILES, saidByMachine } from '../machine/settings-files';
import { findNetrc } from '../machine/netrc';
import { redactingShell, valuesOf } from '../process/redacting-shell';
import type { ContainerRun } from '../process/run-container';
import { textsOfTask } from '../files/requirement-texts';
import { runWithDownloads } from './run-with-downloads';
import { runWhereSeen } from './run-where-seen';
import type { Shell } from '../process/shell';
import { NOT_FOUND, succeeded } from '../process/shell';
import { causedByVariables } from '../variables/variables-refused';

/**
 * The container engine's client, and the user that its containers run as (`UID:GID`).
 *
 * @since 0.1.0
 */
export interface Engine {
  readonly program: string;
  readonly user: string;
  /** The PATH on which uv for containers is looked for. @default - containers get no uv */
  readonly searchPath?: string;
  /** The variables of this machine that the client has. @default - none are known */
  readonly environment?: Values;
  /** The folder of a netrc file. @default - only NETRC names one */
  readonly home?: string;
  /** The `uv.toml` and `pip.conf` of this machine. @default - there are none */
  readonly files?: MachineFiles;
  /**
   * Knowledge about the engine's view of this machine's folders. @default - nothing is known, and nothing is printed
   */
  readonly sight?: EngineSight;
}

/**
 * Installs in a container of the plan's image, which has the runtime's own Python, pip and compilers.
 *
 * @since 0.1.0
 */
export const dockerInstaller =
  (
    shell: Shell,
    {
      program,
      user,
      searchPath = '',
      environment: own = {},
      home,
      sight = engineSight(),
      files = NO_FILES,
    }: Engine,
  ): Install =>
  async (task) => {
    const { plan, install, folders, environment } = task;
    const said = saidByMachine(own, files, environment);
    if (E.isLeft(said)) return said;
    const { variables } = said.right;
    const { docker } = install;
    const tool = `${hasOwnCommand(docker) ? 'the command' : 'pip'} in ${docker.image}`;
    if (install.isWhole) await putWholeTools(folders.tools, install, plan.sources, folders.input);
    await putTools(folders.tools, docker.platform, searchPath, install.leftOut.omit);
    const texts = textsOfTask(task);
    const notes = putMachine(folders.tools, task, said.right, own, texts);
    showToCommand(install, folders.input);
    const netrc = findNetrc({ ...own, ...environment }, home);
    const secretive = redactingShell(shell, valuesOf(docker.environment, variables, environment));
    const run = (how: Pick<ContainerRun, 'docker' | 'folders'>) =>
      runWhereSeen(
        secretive,
        {
          program,
          user,
          ...(netrc === undefined ? {} : { netrc }),
          environment: containerValues(task, said.right, own, texts),
          ...how,
        },
        { sight, environment: own },
      );
    const ended = await runWithDownloads(run, downloadsOf(install, plan), docker, folders);
    if (E.isLeft(ended)) return ended;
    const result = ended.right;
    if (succeeded(result)) {
      const records = install.isWhole ? takeRecords(folders) : undefined;
      const installer = takeInstaller(folders.bytecode);
      return E.right({
        by: 'docker',
        tool,
        ...(installer === undefined ? {} : { installer }),
        output: result.output,
        ...(notes.length === 0 ? {} : { notes }),
        ...(records === undefined ? {} : { records }),
      });
    }
    // A container whose image has no such command ends with the same code.
    const isMissing = result.exitCode === NOT_FOUND && (await hasNone(shell, program));
    return E.left(
      isMissing
        ? { _tag: 'DockerNotFound', program }
        : (engineFailure(program, docker.image, folders.output, result) ??
            (result.isOfEngine
              ? failedWith(`copying files with ${program}`, result)
              : causedByVariables(task, own, commandFailure(task, tool, result)))),
    );
  };

const hasNone = async (shell: Shell, program: string): Promise<boolean> =>
  (await shell({ argv: [program, '--version'] })()).exitCode === NOT_FOUND;
