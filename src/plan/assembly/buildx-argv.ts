import { csvField } from '../install/docker-argv';
import { NETRC_SECRET } from './dockerfile';
import type { DockerInstall } from '../model/install-plan';

/** A build that is to be started: absolute paths of this machine. */
interface BuildxBuild {
  readonly docker: Pick<DockerInstall, 'platform' | 'network'>;
  /** The builder's name. @default the one that buildx uses by itself */
  readonly builder?: string;
  /** The folder with the inputs and the tools. */
  readonly context: string;
  readonly dockerfile: string;
  /** The folder that the last stage is written to. */
  readonly output: string;
  /** Names of variables that have a value; the client reads those from its own environment. */
  readonly secrets: readonly string[];
  /** @default there is none */
  readonly netrc?: string;
  /** A cache of layers that builders share, in BuildKit's own words. @default none */
  readonly cache?: string;
}

const fields = (...values: readonly string[]): string => values.map(csvField).join(',');

/** What a build writes its last stage to: a folder of this machine. */
export const localOutput = (folder: string): string => fields('type=local', `dest=${folder}`);

/** Variables by name, and the netrc file by its path. */
export const buildSecrets = (names: readonly string[], netrc: string | undefined): readonly string[] => [
  ...names.map((name) => fields(`id=${name}`, `env=${name}`)),
  ...(netrc === undefined ? [] : [fields(`id=${NETRC_SECRET}`, `src=${netrc}`)]),
];

/** A cache that cannot be written to costs the next build its time, not this one its result. */
export const buildxCacheTo = (cache: string): string => `${cache},ignore-error=true`;

/** What a builder must be allowed for the network of a build. */
export const networkEntitlements = ({ network }: Pick<DockerInstall, 'network'>): readonly string[] =>
  network === 'host' ? ['network.host'] : [];

/** The arguments of `docker` for a build. Without attestations, which would lie among the modules. */
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
  // Here and not in the Dockerfile, whose `RUN` has known networks only since BuildKit 0.9.
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
