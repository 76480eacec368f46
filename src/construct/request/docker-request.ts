import * as path from 'node:path';
import { BundlingFileAccess } from 'aws-cdk-lib';
import type { BundleRequest, DockerRequest } from '../../plan/request/bundle-request';
import type { BundlingOptions } from '../props/bundling-options';

/** The default executor: a container if an option is given that has an effect only in a container. */
export const defaultExecutor = (
  options: BundlingOptions,
): Pick<BundleRequest, 'executor' | 'isExecutorByImage'> => {
  const { image, command, entrypoint, volumes = [], volumesFrom } = options;
  if (volumes.length > 0 || [command, entrypoint, volumesFrom].some((option) => option !== undefined)) {
    return { executor: 'docker' };
  }
  if (image === undefined) return { executor: 'auto' };
  return OF_CONTAINERS.some((name) => options[name] !== undefined)
    ? { executor: 'docker' }
    : { executor: 'docker', isExecutorByImage: true };
};

/** Variables for the installers. A request has their names, but not their values. */
export const installerVariables = ({
  buildArgs,
  environment,
}: BundlingOptions): Readonly<Record<string, string>> => ({ ...buildArgs, ...environment });

/** Options that go into the request unchanged. */
const HANDED_ON = [
  'platform',
  'network',
  'user',
  'securityOpt',
  'capAdd',
  'pidsLimit',
  'memory',
  'volumesFrom',
  'volumesDigest',
  'workingDirectory',
  'entrypoint',
  'command',
] as const satisfies readonly (keyof BundlingOptions & keyof DockerRequest)[];

/**
 * Options that, beside an image, show that a container is meant: its own options, and commands that may need its tools.
 */
const OF_CONTAINERS: readonly (keyof BundlingOptions)[] = [
  // A digest means nothing without volumes.
  ...HANDED_ON.filter((name) => name !== 'volumesDigest'),
  'bundlingFileAccess',
  'commandHooks',
];

/** The options for the build container, as plain data. */
export const dockerRequest = (bundling: BundlingOptions): DockerRequest => {
  const { image, bundlingFileAccess, volumes = [] } = bundling;
  return {
    ...(image === undefined ? {} : { image: typeof image === 'string' ? image : image.image }),
    ...Object.fromEntries(
      HANDED_ON.flatMap((name) => (bundling[name] === undefined ? [] : [[name, bundling[name]]])),
    ),
    ...(bundlingFileAccess === BundlingFileAccess.VOLUME_COPY ? { fileAccess: 'copy' } : {}),
    environment: Object.keys(installerVariables(bundling)),
    volumes: volumes.map(({ hostPath, containerPath, readOnly = false }) => ({
      hostPath: path.resolve(hostPath),
      containerPath,
      readOnly,
    })),
  };
};
