import * as path from 'node:path';
import type { ArchitectureName } from '../target/architecture';
import { dockerPlatformOf } from '../target/architecture';
import type { CommandHooks, DockerRequest } from '../request/bundle-request';
import type { BytecodePlan } from '../model/bytecode-plan';
import { LEAST_PRIVILEGES } from './container-privileges';
import { CONTAINER_FOLDERS, dockerArgv, PLACEHOLDERS } from './docker-argv';
import type { InstallerRuns, InstallOfRuntime } from './container-installers';
import { containerInstallers } from './container-installers';
import { isPinned } from './installer-argv';
import { hookScript } from './hook-script';
import type { InstallChoice } from '../target/install-choice';
import { installChoice } from '../target/install-choice';
import { FILE_VARIABLES, fateOf, namesOf } from '../variables/installer-variables';
import type { DockerInstall } from '../model/install-plan';

/** The script that a container's Python runs, unless the user sets a command. */
export const CONTAINER_SCRIPT = `${CONTAINER_FOLDERS.tools}/install.py`;

/** Variables that pip needs in a container as on this machine. A container gets those that are set, by name. */
const PIP_ENVIRONMENT = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_NO_INDEX',
  'PIP_DEFAULT_TIMEOUT',
  'PIP_RETRIES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** The same for uv. */
const UV_ENVIRONMENT = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_INDEX_STRATEGY',
  'UV_INSECURE_HOST',
  'UV_FIND_LINKS',
  'UV_NO_INDEX',
  'UV_HTTP_TIMEOUT',
];

/** Variables that affect the choice of versions and name no file of this machine. */
const RESOLUTION = namesOf('resolution').filter(
  (name) => !FILE_VARIABLES.includes(name) && !/GPU|CUDA|DEPENDENCIES|DEPRECATED/.test(name),
);

const { input, output, bytecode: compiled, tools, cache } = CONTAINER_FOLDERS;

/** The variables that a container may get by name if this machine has them. */
export const INSTALLER_VARIABLES: readonly string[] = [...PIP_ENVIRONMENT, ...UV_ENVIRONMENT, ...RESOLUTION];

/**
 * The variables that a container gets by name if this machine has them. With pinned versions, none may choose a
 * version.
 */
export const containerVariables = (isPinned: boolean): readonly string[] =>
  isPinned ? INSTALLER_VARIABLES.filter((name) => fateOf(name) !== 'resolution') : INSTALLER_VARIABLES;

/**
 * The input of a container's script. `{python}` stands for the interpreter that runs it, `{output}` for a folder with
 * the modules of one run.
 */
export interface ContainerTask extends InstallChoice {
  /**
   * The folder in which installers run. Requirements files are relative to it, whatever the container's own folder is.
   */
  readonly folder: string;
  /**
   * The installers in order, each with all its runs. The first one that exists installs. They use wheels for the oldest
   * C library.
   */
  readonly installers: InstallerRuns;
  /** The same runs with wheels for newer C libraries of the target. @default - the target has no newer ones */
  readonly newer?: InstallerRuns;
  /** The marker variables. @default - those of the container */
  readonly markers?: Readonly<Record<string, string>>;
  /** Names of distributions that have no wheel. @default - none */
  readonly localPackages?: readonly string[];
  readonly output: string;
  /** Whether installers may choose no version. Their variables for choosing versions are then removed. */
  readonly isPinned: boolean;
  /**
   * Whether no package comes from a lock although installers resolve nothing: the local packages of a set that is not
   * locked. Variables then name indexes, as for that set.
   *
   * @default false
   */
  readonly isUnlocked?: true;
  /** The settings for compiling the modules; null to compile none. */
  readonly bytecode: (Omit<BytecodePlan, 'mode'> & { readonly output: string }) | null;
  /** Further steps of the build of a whole bundle. @default - none: there are no hooks */
  readonly whole?: WholeTask;
}

const folderOf = (workingDirectory: string): string => path.posix.join(input, workingDirectory);

/** How a container builds a whole bundle. */
interface WholeTask {
  /** The folder of the sources. */
  readonly input: string;
  /** Shell scripts; null if the hook has no commands. */
  readonly before: string | null;
  readonly after: string | null;
  /** The folder for the list of installed distributions: hooks may remove metadata. */
  readonly records: string;
}

/** The folder of {@link WholeTask.records} in the folder of the bytecode. No module has this name. */
export const RECORDS_FOLDER = '.installed';

const wholeTask = ({ hooks, workingDirectory }: ContainerInstall): Pick<ContainerTask, 'whole'> => {
  if (hooks === undefined || !hasCommands(hooks)) return {};
  const folders = { input: folderOf(workingDirectory), output };
  const script = (commands: readonly string[]): string | null =>
    commands.length === 0 ? null : hookScript(commands, folders);
  return {
    whole: {
      input: folders.input,
      before: script(hooks.before),
      after: script(hooks.after),
      records: `${compiled}/${RECORDS_FOLDER}`,
    },
  };
};

const taskOf = (
  architecture: ArchitectureName,
  what: ContainerInstall,
  bytecode: BytecodePlan | null,
): ContainerTask => ({
  folder: folderOf(what.workingDirectory),
  ...containerInstallers(architecture, what),
  ...(what.localPackages.length === 0 ? {} : { localPackages: what.localPackages }),
  output,
  isPinned: isPinned(what),
  ...installChoice(what),
  bytecode:
    bytecode === null
      ? null
      : { tag: bytecode.tag, prefix: bytecode.prefix, exclude: bytecode.exclude, output: compiled },
  ...wholeTask(what),
});

/** The installation in a container: its contents and its inputs. */
export interface ContainerInstall extends InstallOfRuntime {
  /** The folder of the gathered inputs in which the installer runs. */
  readonly workingDirectory: string;
  /** Names of variables that the requirements mention. */
  readonly environment: readonly string[];
  /** @default - none */
  readonly hooks?: CommandHooks;
  /** Whether the inputs contain a package that is built in its own folder. */
  readonly buildsInput: boolean;
}

/** The mounts that a container has besides the folders of the run. */
export const volumesOf = ({ mounts }: Pick<DockerInstall, 'mounts'>): DockerInstall['mounts'] =>
  mounts.filter(({ source }) => !Object.hasOwn(CONTAINER_FOLDERS, source));

/** setuptools and others write beside the sources that they build, and the user's commands write anywhere. */
const writesInput = (
  { buildsInput, hooks }: ContainerInstall,
  command: readonly string[] | undefined,
): boolean => buildsInput || command !== undefined || (hooks !== undefined && hasCommands(hooks));

const hasCommands = ({ before, after }: CommandHooks): boolean => before.length + after.length > 0;

/** Whether the container runs a command of the user instead of this library's script. */
export const hasOwnCommand = ({ command }: Pick<DockerInstall, 'command'>): boolean =>
  command[2] !== CONTAINER_SCRIPT;

/** The argument that makes this library's script use only wheels. */
const WHEELS = 'wheels';

/** The same container without builds. */
export const wheelsOnly = (docker: DockerInstall): DockerInstall => ({
  ...docker,
  command: [...docker.command, WHEELS],
  argv: [...docker.argv, WHEELS],
});

/** The complete settings of a container, from the options, the architecture and the layout of the inputs. */
export const dockerInstall = (
  architecture: ArchitectureName,
  {
    platform = dockerPlatformOf(architecture),
    user = null,
    network = null,
    securityOpt = LEAST_PRIVILEGES.securityOpt,
    capAdd = LEAST_PRIVILEGES.capAdd,
    pidsLimit = LEAST_PRIVILEGES.pidsLimit,
    memory = LEAST_PRIVILEGES.memory,
    volumesFrom = [],
    workingDirectory,
    entrypoint = null,
    command,
    fileAccess = 'bind',
    volumes,
    environment,
  }: Omit<DockerRequest, 'image'>,
  image: string,
  what: ContainerInstall,
  bytecode: BytecodePlan | null,
): DockerInstall => {
  const fields = {
    image,
    platform,
    user,
    network,
    securityOpt,
    capAdd,
    pidsLimit,
    memory,
    volumesFrom,
    fileAccess,
    mounts: [
      { source: 'input', target: input, readOnly: !writesInput(what, command) },
      { source: 'output', target: output, readOnly: false },
      { source: 'bytecode', target: compiled, readOnly: false },
      { source: 'tools', target: tools, readOnly: true },
      { source: 'cache', target: cache, readOnly: false },
      ...volumes.map(({ hostPath, containerPath, readOnly }) => ({
        source: hostPath,
        target: containerPath,
        readOnly,
      })),
    ],
    environment: [...new Set([...containerVariables(isPinned(what)), ...what.environment, ...environment])],
    workingDirectory: workingDirectory ?? folderOf(what.workingDirectory),
    entrypoint,
    command: command ?? [
      'python',
      '-I',
      CONTAINER_SCRIPT,
      JSON.stringify(taskOf(architecture, what, bytecode)),
    ],
  };
  return { ...fields, argv: dockerArgv(fields, PLACEHOLDERS) };
};
