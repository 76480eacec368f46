import type { DockerInstall } from './install-plan';

/** Where a container finds the installer's inputs and where it leaves the modules; CDK's own names. */
export const CONTAINER_INPUT = '/asset-input';
export const CONTAINER_OUTPUT = '/asset-output';

/**
 * What is only known when a plan runs.
 *
 * @since 0.1.0
 */
export interface DockerLocations {
  /** Absolute paths on the engine's machine. */
  readonly input: string;
  readonly output: string;
  /** `UID:GID` of the invoking user. */
  readonly user: string;
}

/** How a plan shows locations that are not known yet. */
export const PLACEHOLDERS: DockerLocations = { input: '{input}', output: '{output}', user: '{user}' };

/** A field of `--mount`, which is read as CSV: quoted where a comma, a quote or a line break is in it. */
const csvField = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

const mountArgument = (mount: DockerInstall['mounts'][number], { input, output }: DockerLocations): string =>
  [
    'type=bind',
    `source=${mount.source === 'input' ? input : mount.source === 'output' ? output : mount.source}`,
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
  ...docker.mounts.flatMap((mount) => ['--mount', mountArgument(mount, locations)]),
  '--env',
  'HOME=/tmp',
  ...docker.environment.flatMap((name) => ['--env', name]),
  '--workdir',
  docker.workingDirectory,
  docker.image,
  ...docker.command,
];
