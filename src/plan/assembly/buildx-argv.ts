import { csvField } from '../install/docker-argv';
import { NETRC_SECRET } from './dockerfile';
import type { DockerInstall } from '../model/install-plan';

/** A build to start. All paths are absolute paths of this machine. */
interface BuildxBuild {
  readonly docker: Pick<DockerInstall, 'platform' | 'network'>;
  /** The builder's name. @default - buildx's default builder */
  readonly builder?: string;
  /** The folder with the inputs and the tools. */
  readonly context: string;
  readonly dockerfile: string;
  /** The folder for the last stage. */
  readonly output: string;
  /** Names of variables with values. The client reads the values from its own environment. */
  readonly secrets: readonly string[];
  /** @default - none */
  readonly netrc?: string;
  /** A cache of layers that builders share, in BuildKit's syntax. @default - none */
  readonly cache?: string;
}

const fields = (...values: readonly string[]): string => values.map(csvField).join(',');

/** The output option that writes the last stage of a build into a folder of this machine. */
export const localOutput = (folder: string): string => fields('type=local', `dest=${folder}`);

/** The secrets of a build: variables by name, and the netrc file by its path. */
export const buildSecrets = (names: readonly string[], netrc: string | undefined): readonly string[] => [
  ...names.map((name) => fields(`id=${name}`, `env=${name}`)),
  ...(netrc === undefined ? [] : [fields(`id=${NETRC_SECRET}`, `src=${netrc}`)]),
];

/** If the cache cannot be written, this build still succeeds, and only the next build takes longer. */
export const buildxCacheTo = (cache: string): string => `${cache},ignore-error=true`;

/** The entitlements that a builder needs for the network of a build. */
export const networkEntitlements = ({ network }: Pick<DockerInstall, 'network'>): readonly string[] =>
  network === 'host' ? ['network.host'] : [];

/** The arguments of `docker` for a build, without attestations, which would lie among the modules. */
export const buildxArgv = ({
  docker,
  builder,
  context,
  dockerfile,
  output,
  secrets,
  netrc,
  cache,
}: BuildxBuild): readonly string[] => [
  'buildx',
  'build',
  ...(builder === undefined ? [] : ['--builder', builder]),
  '--progress',
  'plain',
  '--provenance=false',
  '--sbom=false',
  '--platform',
  docker.platform,
  // An argument, because `RUN` in a Dockerfile supports networks only since BuildKit 0.9.
  ...(docker.network === null ? [] : ['--network', docker.network]),
  ...networkEntitlements(docker).flatMap((entitlement) => ['--allow', entitlement]),
  ...(cache === undefined ? [] : ['--cache-from', cache, '--cache-to', buildxCacheTo(cache)]),
  ...buildSecrets(secrets, netrc).flatMap((secret) => ['--secret', secret]),
  '--file',
  dockerfile,
  '--output',
  localOutput(output),
  context,
];
