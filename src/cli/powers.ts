import type { BundlePlan } from '../plan/bundle-plan';
import { CREDENTIAL_VARIABLE } from '../plan/declarations/credential-variables';
import { variablesIn } from '../plan/declarations/variables';
import { hasOwnCommand, INSTALLER_VARIABLES, volumesOf } from '../plan/docker-install';
import type { DockerInstall, InstallPlan } from '../plan/install-plan';
import { buildImageOf } from '../plan/python-runtime';

/** What a plan would do that no install needs, each as a line: the plan may be a stranger's. */
export const powersOf = ({ install, image, runtime }: BundlePlan): readonly string[] => [
  ...(install === null ? [] : [...commandsOf(install), ...handedOver(install.docker)]),
  // It also compiles where nothing is installed.
  ...(image === buildImageOf(runtime) ? [] : [`(runs the image ${image})`]),
  ...(install === null ? [] : variablesOf(install)),
];

const commandsOf = ({ hooks, docker }: InstallPlan): readonly string[] => [
  ...hooks.before,
  ...hooks.after,
  ...(hasOwnCommand(docker) ? [docker.command.join(' ')] : []),
  ...(docker.entrypoint === null ? [] : [docker.entrypoint.join(' ')]),
];

/** Code of a requirement, or of the image, could do with these what it likes. */
const handedOver = (docker: DockerInstall): readonly string[] => [
  ...volumesOf(docker).map(({ source, target }) => `(mounts ${source} as ${target})`),
  ...docker.volumesFrom.map((container) => `(mounts the volumes of ${container})`),
  ...(docker.user === null ? [] : [`(runs its container as the user ${docker.user})`]),
  ...(docker.capAdd ?? []).map((capability) => `(gives its container the capability ${capability})`),
  ...(docker.securityOpt === null ? [] : [`(gives its container the security option ${docker.securityOpt})`]),
  ...(docker.network === null || docker.network === 'none'
    ? []
    : [`(puts its container into the network ${docker.network})`]),
];

/** What a variable holds goes into an address, or to code that a build runs. */
const variablesOf = ({ docker, generated }: InstallPlan): readonly string[] =>
  [...new Set([...docker.environment, ...variablesIn(generated.map(({ text }) => text))])]
    // What stands in an input of the plan is put there by this library, whatever the environment has.
    .filter((name) => !INSTALLER_VARIABLES.includes(name) && !CREDENTIAL_VARIABLE.test(name))
    .map((name) => `(reads the variable ${name})`);
