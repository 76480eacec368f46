import type { DockerInstall } from './install-plan';

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

/** The name of a folder of this machine that a plan does not know yet. */
export type ContainerFolder = keyof typeof CONTAINER_FOLDERS;

const isContainerFolder = (source: string): source is ContainerFolder => source in CONTAINER_FOLDERS;

/**
 * What is only known when a plan runs.
 *
 * @since 0.1.0
 */
export interface DockerLocations {
  /** Absolute paths on the engine's machine. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
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
const csvField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

const mountArgument = (mount: DockerInstall['mounts'][number], { folders }: DockerLocations): string =>
  [
    'type=bind',
    `source=${isContainerFolder(mount.source) ? folders[mount.source] : mount.source}`,
    `target=${mount.target}`,
    ...(mount.readOnly ? ['readonly'] : []),
  ]
    .map(csvField)
    .join(',');

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
  ...(docker.securityOpt === null ? [] : ['--security-opt', docker.securityOpt]),
  ...docker.volumesFrom.flatMap((container) => ['--volumes-from', container]),
  ...docker.mounts.flatMap((mount) => ['--mount', mountArgument(mount, locations)]),
  '--env',
  'HOME=/tmp',
  ...docker.environment.flatMap((name) => ['--env', name]),
  '--workdir',
  docker.workingDirectory,
  ...(docker.entrypoint?.[0] === undefined ? [] : ['--entrypoint', docker.entrypoint[0]]),
  docker.image,
  ...(docker.entrypoint?.slice(1) ?? []),
  ...docker.command,
];
