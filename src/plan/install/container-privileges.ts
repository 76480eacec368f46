import type { DockerInstall } from '../model/install-plan';

/** How many processes a container may have at once, unless said otherwise: what a parallel build never needs. */
export const PIDS_LIMIT = 1024;

/** What decides how much of the engine's machine a container may use. */
export type Privileges = Pick<DockerInstall, 'user' | 'securityOpt' | 'capAdd' | 'pidsLimit' | 'memory'>;

/** A user who is root by name, as commands need who install packages of the system. */
const isRoot = (user: string | null): boolean => user !== null && /^(root|0+)(:|$)/.test(user);

/** None; root by name has those that the engine gives by default, where nothing is said of them. */
const capabilityArguments = ({ user, capAdd }: Privileges): readonly string[] =>
  capAdd === null && isRoot(user)
    ? []
    : ['--cap-drop', 'ALL', ...(capAdd ?? []).flatMap((name) => ['--cap-add', name])];

/** A user's own word on new privileges takes the place of this library's; all else is added to it. */
const securityArguments = ({ securityOpt }: Privileges): readonly string[] =>
  [
    ...(securityOpt !== null && /^no-new-privileges([:=]|$)/.test(securityOpt) ? [] : ['no-new-privileges']),
    ...(securityOpt === null ? [] : [securityOpt]),
  ].flatMap((option) => ['--security-opt', option]);

/** The arguments of a container that has as little as it needs. */
export const privilegeArguments = (privileges: Privileges): readonly string[] => [
  ...capabilityArguments(privileges),
  ...securityArguments(privileges),
  '--pids-limit',
  `${privileges.pidsLimit}`,
  ...(privileges.memory === null ? [] : ['--memory', privileges.memory]),
];

/** What a container has where nobody has said anything. */
export const LEAST_PRIVILEGES: Omit<Privileges, 'user'> = {
  securityOpt: null,
  capAdd: null,
  pidsLimit: PIDS_LIMIT,
  memory: null,
};

/**
 * Those of the container through which files are copied: root, who gives files to another user, wherever they lie.
 */
export const COPYING_PRIVILEGES: Privileges = {
  ...LEAST_PRIVILEGES,
  user: '0:0',
  capAdd: ['CHOWN', 'DAC_OVERRIDE'],
};
