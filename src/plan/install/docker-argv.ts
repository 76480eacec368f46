import type { FileAccess } from '../request/bundle-request';
import { privilegeArguments } from './container-privileges';
import type { DockerInstall } from '../model/install-plan';

/**
 * Where a container finds and leaves things. The first two are CDK's own names: the installer's inputs, and the folder for
 * the modules; the others hold the byte code, this library's scripts (and uv), and what installers have downloaded.
 */
export const CONTAINER_FOLDERS = {
  input: '/asset-input',
  output: '/asset-output',
  bytecode: '/asset-bytecode',
  tools: '/asset-tools',
  cache: '/asset-cache',
} as const;

/** Where a container has the user's netrc file, from which pip and uv take user names and passwords. */
export const CONTAINER_NETRC = '/asset-netrc';

/** The name of a folder of this machine that a plan does not know yet. */
export type ContainerFolder = keyof typeof CONTAINER_FOLDERS;

const isContainerFolder = (source: string): source is ContainerFolder => source in CONTAINER_FOLDERS;

/**
 * What is only known when a plan runs.
 *
 * @since 0.1.0
 */
export interface DockerLocations {
  /** Absolute paths on the engine's machine; where files are copied to it, names of volumes. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
  /** Absolute path of a netrc file; where files are copied, its path in the container. @default there is none */
  readonly netrc?: string;
}

/** How a plan shows locations that are not known yet. */
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

/** A field of `--mount`, which is read as CSV: quoted where a comma, a quote or a line break is in it. */
export const csvField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

const mountArgument = (fields: readonly string[]): readonly string[] => [
  '--mount',
  fields.map(csvField).join(','),
];

/** A folder of the run's is on this machine, or in a volume of the engine's; all others are on the engine's machine. */
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

/** By its path: what is in it is in no argument. */
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
 * The arguments of the container engine, without its name. `--mount` and not `--volume`: a colon in a path does not
 * split it, and a missing folder is an error and not a new folder that belongs to root.
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
