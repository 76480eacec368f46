import { COPYING_PRIVILEGES, privilegeArguments } from './container-privileges';
import type { ContainerFolder } from './docker-argv';
import { CONTAINER_FOLDERS, dockerArgv } from './docker-argv';
import type { DockerInstall } from '../model/install-plan';

/** The names that one run has with the engine. */
export interface CopyNames {
  /** The container that files are copied through; it never does more than hand them over to the run's user. */
  readonly helper: string;
  /** The container that works. */
  readonly run: string;
  /** The volumes in place of the folders of a run. */
  readonly volumes: Readonly<Record<ContainerFolder, string>>;
}

/** What the names of all containers and volumes of this library begin with. */
export const NAME_PREFIX = 'cdk-lambda-python-';

/** Nothing of the user's may have these names: `token` cannot be guessed. */
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

/** Where a netrc file is copied to: into the volume of the tools, which goes when the run is over. */
const NETRC = `${CONTAINER_FOLDERS.tools}/netrc`;

/** What the commands of a run are made of. */
export interface CopyRun {
  readonly docker: Omit<DockerInstall, 'argv'>;
  readonly names: CopyNames;
  /** Absolute paths of this machine. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
  /** Absolute path of a netrc file of this machine. @default there is none */
  readonly netrc?: string;
}

type Argv = readonly string[];

const ownFolders = ({ docker }: CopyRun): readonly ContainerFolder[] =>
  (Object.keys(CONTAINER_FOLDERS) as ContainerFolder[]).filter((folder) =>
    docker.mounts.some(({ source }) => source === folder),
  );

/**
 * Makes the volumes, and a container that has them. It is made of the build image itself, which is there anyway, and gives
 * everything to the run's user when it is started: what is copied into a container belongs to root.
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

/** Folders with something in them before a run, and those that are asked for afterwards. */
const COPIED_IN: readonly ContainerFolder[] = ['input', 'tools', 'bytecode'];
const COPIED_OUT: readonly ContainerFolder[] = ['output', 'bytecode'];

/** All that comes before the run, in order: volumes, files, ownership. */
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

/** A run under a name, by which it can be ended. */
export const namedRun = ([run = '', ...rest]: Argv, { run: name }: Pick<CopyNames, 'run'>): Argv => [
  run,
  '--name',
  name,
  ...rest,
];

/** The run itself: as with mounted folders, but for their source. */
export const copyRun = ({ docker, names, user, netrc }: CopyRun): Argv => {
  const argv = dockerArgv(docker, {
    folders: names.volumes,
    user,
    ...(netrc === undefined ? {} : { netrc: NETRC }),
  });
  return namedRun(argv, names);
};

/** Fetches what the run has left. */
export const copyOut = (run: CopyRun): readonly Argv[] =>
  ownFolders(run)
    .filter((folder) => COPIED_OUT.includes(folder))
    .map((folder) => ['cp', `${run.names.helper}:${CONTAINER_FOLDERS[folder]}/.`, run.folders[folder]]);

/** Ends the run, where it still goes on. */
export const copyStop = ({ names }: Pick<CopyRun, 'names'>): Argv => ['rm', '--force', names.run];

/** Removes all there is of a run, whether all of it was made or not. */
export const copyRemove = (run: CopyRun): readonly Argv[] => [
  ['rm', '--force', run.names.run, run.names.helper],
  ['volume', 'rm', '--force', ...ownFolders(run).map((folder) => run.names.volumes[folder])],
];
