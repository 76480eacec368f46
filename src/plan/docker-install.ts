import * as path from 'node:path';
import type { ArchitectureName } from './architecture';
import { dockerPlatformOf } from './architecture';
import type { DockerRequest } from './bundle-request';
import { CONTAINER_INPUT, CONTAINER_OUTPUT, dockerArgv, PLACEHOLDERS } from './docker-argv';
import { REQUIREMENTS } from './host-install';
import type { DockerInstall } from './install-plan';

/** Variables that a container's pip needs as much as this machine's; handed over by name where they are set. */
const PIP_ENVIRONMENT = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_NO_INDEX',
  'PIP_DEFAULT_TIMEOUT',
  'PIP_RETRIES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** What runs in the container: its own pip, for its own Python. */
const PIP_IN_CONTAINER: readonly string[] = [
  'python',
  '-m',
  'pip',
  'install',
  '--disable-pip-version-check',
  '--no-input',
  '--no-compile',
  '--no-cache-dir',
  '--target',
  CONTAINER_OUTPUT,
  '--requirement',
  REQUIREMENTS,
];

/** How a container installs: all that the options, the architecture and the layout of the inputs leave open is decided here. */
export const dockerInstall = (
  {
    user = null,
    network = null,
    volumes,
    environment,
  }: Omit<DockerRequest, 'image' | 'user' | 'network'> & {
    readonly user?: string | null;
    readonly network?: string | null;
  },
  image: string,
  architecture: ArchitectureName,
  workingDirectory: string,
): DockerInstall => {
  const fields = {
    image,
    platform: dockerPlatformOf(architecture),
    user,
    network,
    mounts: [
      { source: 'input', target: CONTAINER_INPUT, readOnly: false },
      { source: 'output', target: CONTAINER_OUTPUT, readOnly: false },
      ...volumes.map(({ hostPath, containerPath, readOnly }) => ({
        source: hostPath,
        target: containerPath,
        readOnly,
      })),
    ],
    environment: [...new Set([...PIP_ENVIRONMENT, ...environment])],
    workingDirectory: path.posix.join(CONTAINER_INPUT, workingDirectory),
    command: PIP_IN_CONTAINER,
  };
  return { ...fields, argv: dockerArgv(fields, PLACEHOLDERS) };
};
