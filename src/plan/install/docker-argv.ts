import type { FileAccess } from '../request/bundle-request';
import { privilegeArguments } from './container-privileges';
import type { DockerInstall } from '../model/install-plan';

/**
 * The folders of a container. The first two have CDK's names: the installer's inputs, and the folder for the modules.
 * The others hold the bytecode, this library's scripts (and uv), and the downloads of installers.
 */
export const CONTAINER_FOLDERS = {
  input: '/asset-input',
  output: '/asset-output',
  bytecode: '/asset-bytecode',
  tools: '/asset-tools',
  cache: '/asset-cache',
} as const;

/** The path of the user's netrc file in a container. pip and uv read user names and passwords from it. */
export const CONTAINER_NETRC = '/asset-netrc';

/** The name of a folder of this machine whose path a plan does not know yet. */
export type ContainerFolder = keyof typeof CONTAINER_FOLDERS;

const isContainerFolder = (source: string): source is ContainerFolder => source in CONTAINER_FOLDERS;

/**
 * Locations that are only known when a plan runs.
 *
 * @since 0.1.0
 */
export interface DockerLocations {
  /** Absolute paths on the engine's machine, or names of volumes if files are copied there. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
  /** Absolute path of a netrc file, or its path in the container if files are copied. @default - none */
  readonly netrc?: string;
}

/** The text that a plan shows for locations that are not known yet. */
export const PLACEHOLDERS: DockerLocations = {
  folders: {
    input: '{input}',
    output: '{output}',
    bytecode: '{bytecode}',
    tools: '{tools}',
    cache: '{cache}',
  },
  user: '{user}',
};

/** A field of `--mount`, which is CSV: quoted if it has a comma, a quote or a line break. */
export const csvField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

const mountArgument = (fields: readonly string[]): readonly string[] => [
  '--mount',
  fields.map(csvField).join(','),
];

/** The folders of a run are on this machine or in a volume. All other mounts are on the engine's machine. */
const mountFields = (
  { source, target, readOnly }: DockerInstall['mounts'][number],
  fileAccess: FileAccess,
  { folders }: DockerLocations,
): readonly string[] => [
  `type=${isContainerFolder(source) && fileAccess === 'copy' ? 'volume' : 'bind'}`,
  `source=${isContainerFolder(source) ? folders[source] : source}`,
  `target=${target}`,
  ...(readOnly ? ['readonly'] : []),
];

/** Passes the netrc file by its path, so that no argument has its content. */
const netrcArguments = (fileAccess: FileAccess, netrc: string | undefined): readonly string[] => {
  if (netrc === undefined) return [];
  return fileAccess === 'copy'
    ? ['--env', `NETRC=${netrc}`]
    : [
        ...mountArgument(['type=bind', `source=${netrc}`, `target=${CONTAINER_NETRC}`, 'readonly']),
        '--env',
        `NETRC=${CONTAINER_NETRC}`,
      ];
};

/**
 * The arguments of the container engine, without its name. They use `--mount` instead of `--volume`, because a colon in
 * a path does not split it, and a missing folder is an error instead of a new folder that belongs to root.
 *
 * @since 0.1.0
 */
export const dockerArgv = (
  docker: Omit<DockerInstall, 'argv'>,
  locations: DockerLocations,
): readonly string[] => [
  'run',
  '--rm',
  '--platform',
  docker.platform,
  '--user',
  docker.user ?? locations.user,
  ...(docker.network === null ? [] : ['--network', docker.network]),
  ...privilegeArguments(docker),
  ...docker.volumesFrom.flatMap((container) => ['--volumes-from', container]),
  ...docker.mounts.flatMap((mount) => mountArgument(mountFields(mount, docker.fileAccess, locations))),
  '--env',
  'HOME=/tmp',
  ...docker.environment.flatMap((name) => ['--env', name]),
  ...netrcArguments(docker.fileAccess, locations.netrc),
  '--workdir',
  docker.workingDirectory,
  ...(docker.entrypoint?.[0] === undefined ? [] : ['--entrypoint', docker.entrypoint[0]]),
  docker.image,
  ...(docker.entrypoint?.slice(1) ?? []),
  ...docker.command,
];
