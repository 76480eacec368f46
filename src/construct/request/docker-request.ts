import * as path from 'node:path';
import { BundlingFileAccess } from 'aws-cdk-lib';
import type { BundleRequest, DockerRequest } from '../../plan/request/bundle-request';
import type { BundlingOptions } from '../props/bundling-options';

/** The executor where none is named: a container where an option is given that only means something in one. */
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

/** Variables for the installers: with their values, they are no part of a request. */
export const installerVariables = ({
  buildArgs,
  environment,
}: BundlingOptions): Readonly<Record<string, string>> => ({ ...buildArgs, ...environment });

/** The options that are handed on as they are. */
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

/** What says, beside an image, that a container is meant: its own options, and commands that may count on its tools. */
const OF_CONTAINERS: readonly (keyof BundlingOptions)[] = [
  // A digest says nothing without volumes.
  ...HANDED_ON.filter((name) => name !== 'volumesDigest'),
  'bundlingFileAccess',
  'commandHooks',
];

/** What a user wrote of the build container, as plain data. */
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
