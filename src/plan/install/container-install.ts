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

/** What a container's Python runs, where the user has no command of their own. */
export const CONTAINER_SCRIPT = `${CONTAINER_FOLDERS.tools}/install.py`;

/** Variables that a container's pip needs as much as this machine's; handed over by name where they are set. */
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

/** Variables that uv reads, for the same reason. */
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

/** Variables that choose versions, and name no file of this machine. */
const RESOLUTION = namesOf('resolution').filter(
  (name) => !FILE_VARIABLES.includes(name) && !/GPU|CUDA|DEPENDENCIES|DEPRECATED/.test(name),
);

const { input, output, bytecode: compiled, tools, cache } = CONTAINER_FOLDERS;

/** The variables that a container may get by name, where this machine has them. */
export const INSTALLER_VARIABLES: readonly string[] = [...PIP_ENVIRONMENT, ...UV_ENVIRONMENT, ...RESOLUTION];

/** The variables that a container gets by name, where this machine has them: where versions are pinned, none that chooses one. */
export const containerVariables = (isPinned: boolean): readonly string[] =>
  isPinned ? INSTALLER_VARIABLES.filter((name) => fateOf(name) !== 'resolution') : INSTALLER_VARIABLES;

/**
 * What a container's script is told: `{python}` is the interpreter that runs it, `{output}` a folder for the modules of
 * one run.
 */
export interface ContainerTask extends InstallChoice {
  /** Where installers are run: the requirements are named as seen from there, whatever the container's own folder is. */
  readonly folder: string;
  /** Tried in order, each with all its runs; the first that is there installs. They take wheels for the oldest C library. */
  readonly installers: InstallerRuns;
  /** The same runs with wheels for newer C libraries that the target has. @default the target takes no newer ones */
  readonly newer?: InstallerRuns;
  /** The machine that markers are about. @default that of the container */
  readonly markers?: Readonly<Record<string, string>>;
  /** Names of distributions that have no wheel. @default none */
  readonly localPackages?: readonly string[];
  readonly output: string;
  /** Whether installers may choose no version: their variables that do are then taken away. */
  readonly isPinned: boolean;
  /**
   * Whether nothing that is installed comes from a lock, although installers resolve nothing: local packages alone of a set that
   * is resolved. Variables then name indexes, as they do for that set.
   *
   * @default false
   */
  readonly isUnlocked?: true;
  /** How the modules are compiled afterwards; null where they are not. */
  readonly bytecode: (Omit<BytecodePlan, 'mode'> & { readonly output: string }) | null;
  /** What is done besides. @default nothing: there are no hooks */
  readonly whole?: WholeTask;
}

const folderOf = (workingDirectory: string): string => path.posix.join(input, workingDirectory);

/** How a container builds a whole bundle. */
interface WholeTask {
  /** The folder of the sources. */
  readonly input: string;
  /** Scripts of a shell; null where the hook has no commands. */
  readonly before: string | null;
  readonly after: string | null;
  /** Where it writes down what was installed: hooks may take metadata away. */
  readonly records: string;
}

/** The folder of {@link WholeTask.records} in that of the byte code, in which it is no module's. */
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

/** What a container installs, and from where. */
export interface ContainerInstall extends InstallOfRuntime {
  /** Folder of the gathered inputs in which the installer runs. */
  readonly workingDirectory: string;
  /** Names of variables that the requirements mention. */
  readonly environment: readonly string[];
  /** @default none */
  readonly hooks?: CommandHooks;
  /** Whether the inputs hold a package that is built where it lies. */
  readonly buildsInput: boolean;
}

/** What a container sees of the engine's machine besides the folders of the run. */
export const volumesOf = ({ mounts }: Pick<DockerInstall, 'mounts'>): DockerInstall['mounts'] =>
  mounts.filter(({ source }) => !Object.hasOwn(CONTAINER_FOLDERS, source));

/** setuptools and others write beside the sources that they build, and commands of the user's where they like. */
const writesInput = (
  { buildsInput, hooks }: ContainerInstall,
  command: readonly string[] | undefined,
): boolean => buildsInput || command !== undefined || (hooks !== undefined && hasCommands(hooks));

const hasCommands = ({ before, after }: CommandHooks): boolean => before.length + after.length > 0;

/** Whether what runs in the container is a command of the user's own, in place of this library's script. */
export const hasOwnCommand = ({ command }: Pick<DockerInstall, 'command'>): boolean =>
  command[2] !== CONTAINER_SCRIPT;

/** The word by which this library's script takes wheels only. */
const WHEELS = 'wheels';

/** The same container, with nothing built in it. */
export const wheelsOnly = (docker: DockerInstall): DockerInstall => ({
  ...docker,
  command: [...docker.command, WHEELS],
  argv: [...docker.argv, WHEELS],
});

/** How a container installs: all that the options, the architecture and the layout of the inputs leave open is decided here. */
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
