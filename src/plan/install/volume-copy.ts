import { COPYING_PRIVILEGES, privilegeArguments } from './container-privileges';
import type { ContainerFolder } from './docker-argv';
import { CONTAINER_FOLDERS, dockerArgv } from './docker-argv';
import type { DockerInstall } from '../model/install-plan';

/** The names of a run's container and volumes in the engine. */
export interface CopyNames {
  /** The container through which files are copied. It only gives them to the run's user. */
  readonly helper: string;
  /** The container that builds. */
  readonly run: string;
  /** The volumes that replace the folders of a run. */
  readonly volumes: Readonly<Record<ContainerFolder, string>>;
}

/** The prefix of all container and volume names of this library. */
export const NAME_PREFIX = 'cdk-lambda-python-';

/** The user's own containers and volumes cannot have these names, because `token` cannot be guessed. */
export const copyNames = (token: string): CopyNames => {
  const name = (part: string): string => `${NAME_PREFIX}${token}-${part}`;
  return {
    helper: name('files'),
    run: name('run'),
    volumes: {
      input: name('input'),
      output: name('output'),
      bytecode: name('bytecode'),
      tools: name('tools'),
      cache: name('cache'),
    },
  };
};

/** The path of the copied netrc file. It is in the volume of the tools, which is removed after the run. */
const NETRC = `${CONTAINER_FOLDERS.tools}/netrc`;

/** The inputs for the commands of a run. */
export interface CopyRun {
  readonly docker: Omit<DockerInstall, 'argv'>;
  readonly names: CopyNames;
  /** Absolute paths of this machine. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
  /** Absolute path of a netrc file of this machine. @default - none */
  readonly netrc?: string;
}

type Argv = readonly string[];

const ownFolders = ({ docker }: CopyRun): readonly ContainerFolder[] =>
  (Object.keys(CONTAINER_FOLDERS) as ContainerFolder[]).filter((folder) =>
    docker.mounts.some(({ source }) => source === folder),
  );

/**
 * Makes the volumes, and a container that has them. The container uses the build image, which exists anyway. Copied
 * files belong to root, so at its start the container gives them to the run's user.
 */
const create = (run: CopyRun): Argv => {
  const { docker, names, user } = run;
  const folders = ownFolders(run);
  return [
    'create',
    '--name',
    names.helper,
    '--platform',
    docker.platform,
    '--user',
    COPYING_PRIVILEGES.user ?? user,
    '--network',
    'none',
    ...privilegeArguments(COPYING_PRIVILEGES),
    ...folders.flatMap((folder) => [
      '--mount',
      `type=volume,source=${names.volumes[folder]},target=${CONTAINER_FOLDERS[folder]}`,
    ]),
    '--entrypoint',
    'chown',
    docker.image,
    '-R',
    docker.user ?? user,
    ...folders.map((folder) => CONTAINER_FOLDERS[folder]),
  ];
};

/** The folders that have content before a run, and the folders that are read after it. */
const COPIED_IN: readonly ContainerFolder[] = ['input', 'tools', 'bytecode'];
const COPIED_OUT: readonly ContainerFolder[] = ['output', 'bytecode'];

/** All steps before the run, in order: volumes, files, ownership. */
export const copyIn = (run: CopyRun): readonly Argv[] => {
  const { names, folders, netrc } = run;
  return [
    create(run),
    ...ownFolders(run)
      .filter((folder) => COPIED_IN.includes(folder))
      .map((folder) => ['cp', `${folders[folder]}/.`, `${names.helper}:${CONTAINER_FOLDERS[folder]}`]),
    ...(netrc === undefined ? [] : [['cp', netrc, `${names.helper}:${NETRC}`]]),
    ['start', '--attach', names.helper],
  ];
};

/** A run with a name, by which it can be ended. */
export const namedRun = ([run = '', ...rest]: Argv, { run: name }: Pick<CopyNames, 'run'>): Argv => [
  run,
  '--name',
  name,
  ...rest,
];

/** The run itself. It differs from a run with mounted folders only in their source. */
export const copyRun = ({ docker, names, user, netrc }: CopyRun): Argv => {
  const argv = dockerArgv(docker, {
    folders: names.volumes,
    user,
    ...(netrc === undefined ? {} : { netrc: NETRC }),
  });
  return namedRun(argv, names);
};

/** Copies the results of the run to this machine. */
export const copyOut = (run: CopyRun): readonly Argv[] =>
  ownFolders(run)
    .filter((folder) => COPIED_OUT.includes(folder))
    .map((folder) => ['cp', `${run.names.helper}:${CONTAINER_FOLDERS[folder]}/.`, run.folders[folder]]);

/** Ends the run if it still goes on. */
export const copyStop = ({ names }: Pick<CopyRun, 'names'>): Argv => ['rm', '--force', names.run];

/** Removes everything of a run, even if only a part was made. */
export const copyRemove = (run: CopyRun): readonly Argv[] => [
  ['rm', '--force', run.names.run, run.names.helper],
  ['volume', 'rm', '--force', ...ownFolders(run).map((folder) => run.names.volumes[folder])],
];
