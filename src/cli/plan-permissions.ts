import { settingsWithName } from '../plan/target/config-setting';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { CREDENTIAL_VARIABLE } from '../plan/declarations/local-packages/credential-variables';
import { readRequirements } from '../plan/declarations/lines/requirements-file';
import { variablesIn } from '../plan/declarations/lines/requirement-variables';
import { hasOwnCommand, INSTALLER_VARIABLES, volumesOf } from '../plan/install/container-install';
import { credentialNames } from '../plan/variables/index-credentials';
import type { DockerInstall, InstallPlan } from '../plan/model/install-plan';
import { uvPowers } from './uv-permissions';
import { buildImageOf } from '../plan/target/python-runtime';
import { fetchesOf } from './requirement-line-permissions';

/** The powers that a field of a plan asks for and no install needs, one a line. */
type Powers<A, Rest extends readonly unknown[] = []> = {
  readonly [K in keyof A]-?: (value: A[K], ...rest: Rest) => readonly string[];
};

/** A field without powers. */
const none = (): readonly string[] => [];

/** The fields of a container. `argv` and most of `mounts` must follow from the others, or the plan is invalid. */
const CONTAINER: Powers<DockerInstall, [DockerInstall]> = {
  // The plan's own field lists it.
  image: none,
  platform: none,
  user: (user) => (user === null ? [] : [`(runs its container as the user ${user})`]),
  network: (network) =>
    network === null || network === 'none' ? [] : [`(puts its container into the network ${network})`],
  securityOpt: (option) => (option === null ? [] : [`(gives its container the security option ${option})`]),
  capAdd: (capabilities) =>
    (capabilities ?? []).map((capability) => `(gives its container the capability ${capability})`),
  pidsLimit: none,
  memory: none,
  volumesFrom: (containers) => containers.map((container) => `(mounts the volumes of ${container})`),
  fileAccess: none,
  mounts: (mounts) => volumesOf({ mounts }).map(({ source, target }) => `(mounts ${source} as ${target})`),
  // See `generated`, which lists these with the variables of the requirements.
  environment: none,
  workingDirectory: none,
  entrypoint: (entrypoint) => (entrypoint === null ? [] : [entrypoint.join(' ')]),
  command: (command) => (hasOwnCommand({ command }) ? [command.join(' ')] : []),
  argv: none,
};

/** The fields of an install. A container keeps the code of distributions inside, so that needs no permission. */
const INSTALL: Powers<InstallPlan, [InstallPlan]> = {
  hooks: ({ before, after }) => [...before, ...after],
  docker: (docker) => inOrder(CONTAINER, docker, ['command', 'entrypoint', 'mounts', 'volumesFrom', 'user']),
  // If only the index knows which distributions have no wheel, a build is refused when it begins.
  host: ({ localPackages }, { sdist }) =>
    sdist === 'host' ? localPackages.map((name) => `(builds ${name} on this machine)`) : [],
  generated: (generated, install) => [
    ...handedOver(install),
    ...powersOfTexts(
      generated.map(({ text }) => text),
      install,
    ),
  ],
  executor: none,
  sdist: none,
  declaration: none,
  // A plan must know the digests of the files that it reads on this machine. For the content of requirements files, see
  // `powersOf`.
  inputs: none,
  git: none,
  unshipped: none,
  requirements: none,
  runs: none,
  credentials: (credentials = []) =>
    credentials.flatMap(({ variables }) => credentialNames(variables)).map((name) => reads(name)),
  // These are indexes of the machine, named by its owner.
  furtherIndexes: none,
  isLocked: none,
  isHashed: none,
  isExact: none,
  resolvedAsOf: none,
  // Digests of files that are read in place, as with inputs.
  declared: none,
  leftOut: none,
  isWhole: none,
  workingDirectory: none,
  mayBeEmpty: none,
  // It only refuses.
  pinned: none,
  uv: uvPowers,
  isOrdered: none,
  prerelease: none,
  // About indexes in the generated files, where each file has a hash.
  hashesDecide: none,
  configSettings: (settings = []) =>
    settings.flatMap(settingsWithName).map((setting) => `(hands builds ${setting})`),
  installer: none,
};

/** The fields of a plan. The command line says where the bundle goes, or it lies beside the plans of an assembly. */
const PLAN: Powers<BundlePlan, [BundlePlan]> = {
  install: (install) =>
    install === null ? [] : inOrder(INSTALL, install, ['hooks', 'docker', 'host', 'generated']),
  // The image also compiles bytecode when nothing is installed.
  image: (image, { runtime }) => (image === buildImageOf(runtime) ? [] : [`(runs the image ${image})`]),
  version: none,
  label: none,
  kind: none,
  entry: none,
  handler: none,
  runtime: none,
  alsoFor: none,
  // Files of this machine go in only if the plan has their digests.
  sources: none,
  dependenciesIn: none,
  bytecode: none,
  output: none,
  hash: none,
  warnings: none,
};

/** All fields of a value, the given ones first. */
const inOrder = <A extends object>(
  powers: Powers<A, [A]>,
  value: A,
  first: readonly (keyof A)[],
): readonly string[] => {
  const names = [...new Set([...first, ...(Object.keys(powers) as (keyof A)[])])];
  return names.flatMap((name) => powers[name](value[name], value));
};

/** The tables, for the test that compares them with the shapes of plans. */
export const POWER_TABLES = { plan: PLAN, install: INSTALL, docker: CONTAINER } as const;

/**
 * The powers that a plan asks for and no install needs, one a line: a stranger may have written it.
 *
 * @param texts the texts of its requirements files, see `inputTexts`
 */
export const powersOf = (plan: BundlePlan, texts: readonly string[]): readonly string[] => [
  ...new Set([
    ...inOrder(PLAN, plan, ['install', 'image']),
    ...(plan.install === null ? [] : powersOfTexts(texts, plan.install)),
  ]),
];

/** Code that a build runs can read the values of these variables. */
const handedOver = ({ docker }: InstallPlan): readonly string[] =>
  docker.environment
    // Without the installer's own variables, and those that this library sets from files of the plan.
    .filter((name) => !INSTALLER_VARIABLES.includes(name) && !CREDENTIAL_VARIABLE.test(name))
    .map(reads);

/** An address may contain any variable of this machine, including the installer's own. */
const powersOfTexts = (texts: readonly string[], { sdist }: InstallPlan): readonly string[] => [
  ...variablesIn(texts.flatMap(readRequirements).map(({ text }) => text)).map(reads),
  ...fetchesOf(texts, sdist),
];

const reads = (name: string): string => `(reads the variable ${name})`;
