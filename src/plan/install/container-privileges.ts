import type { DockerInstall } from '../model/install-plan';

/** The default limit of processes in a container, which is more than a parallel build needs. */
export const PIDS_LIMIT = 1024;

/** The settings that limit a container's use of the engine's machine. */
export type Privileges = Pick<DockerInstall, 'user' | 'securityOpt' | 'capAdd' | 'pidsLimit' | 'memory'>;

/** Whether the user is explicitly root, as commands need that install system packages. */
const isRoot = (user: string | null): boolean => user !== null && /^(root|0+)(:|$)/.test(user);

/** Drops all capabilities. An explicit root user keeps the engine's defaults, unless `capAdd` is set. */
const capabilityArguments = ({ user, capAdd }: Privileges): readonly string[] =>
  capAdd === null && isRoot(user)
    ? []
    : ['--cap-drop', 'ALL', ...(capAdd ?? []).flatMap((name) => ['--cap-add', name])];

/** The user's setting for new privileges replaces this library's. Other settings are added to it. */
const securityArguments = ({ securityOpt }: Privileges): readonly string[] =>
  [
    ...(securityOpt !== null && /^no-new-privileges([:=]|$)/.test(securityOpt) ? [] : ['no-new-privileges']),
    ...(securityOpt === null ? [] : [securityOpt]),
  ].flatMap((option) => ['--security-opt', option]);

/** The arguments for a container with as few privileges as possible. */
export const privilegeArguments = (privileges: Privileges): readonly string[] => [
  ...capabilityArguments(privileges),
  ...securityArguments(privileges),
  '--pids-limit',
  `${privileges.pidsLimit}`,
  ...(privileges.memory === null ? [] : ['--memory', privileges.memory]),
];

/** The default privileges of a container. */
export const LEAST_PRIVILEGES: Omit<Privileges, 'user'> = {
  securityOpt: null,
  capAdd: null,
  pidsLimit: PIDS_LIMIT,
  memory: null,
};

/** The privileges of the container through which files are copied: root can give files to another user anywhere. */
export const COPYING_PRIVILEGES: Privileges = {
  ...LEAST_PRIVILEGES,
  user: '0:0',
  capAdd: ['CHOWN', 'DAC_OVERRIDE'],
};
