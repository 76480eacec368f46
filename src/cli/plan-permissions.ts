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

/** What a field of a plan asks for that no install needs, each as a line. */
type Powers<A, Rest extends readonly unknown[] = []> = {
  readonly [K in keyof A]-?: (value: A[K], ...rest: Rest) => readonly string[];
};

/** A field that gives no power. */
const none = (): readonly string[] => [];

/** The fields of a container. `argv` and most of `mounts` follow from the others: a plan where they do not is none. */
const CONTAINER: Powers<DockerInstall, [DockerInstall]> = {
  // That of the plan.
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
  // With those of the requirements: see `generated`.
  environment: none,
  workingDirectory: none,
  entrypoint: (entrypoint) => (entrypoint === null ? [] : [entrypoint.join(' ')]),
  command: (command) => (hasOwnCommand({ command }) ? [command.join(' ')] : []),
  argv: none,
};

/** The fields of an install. Code of distributions in a container is kept in that, so it needs no permission. */
const INSTALL: Powers<InstallPlan, [InstallPlan]> = {
  hooks: ({ before, after }) => [...before, ...after],
  docker: (docker) => inOrder(CONTAINER, docker, ['command', 'entrypoint', 'mounts', 'volumesFrom', 'user']),
  // Where the index alone knows what has no wheel, the build is refused as it would begin.
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
  // What a plan reads of this machine it must know the digest of. What requirements files ask for: see `powersOf`.
  inputs: none,
  git: none,
  unshipped: none,
  requirements: none,
  runs: none,
  credentials: (credentials = []) =>
    credentials.flatMap(({ variables }) => credentialNames(variables)).map((name) => reads(name)),
  // These are indexes of the machine, which its owner has named.
  furtherIndexes: none,
  isLocked: none,
  isHashed: none,
  isExact: none,
  resolvedAsOf: none,
  // Digests of what is read where it lies, as with inputs.
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
  // Of indexes that the generated files name, and each file has a hash.
  hashesDecide: none,
  configSettings: (settings = []) =>
    settings.flatMap(settingsWithName).map((setting) => `(hands builds ${setting})`),
  installer: none,
};

/** The fields of a plan. Where the bundle goes is said on the command line, or is beside the plans of an assembly. */
const PLAN: Powers<BundlePlan, [BundlePlan]> = {
  install: (install) =>
    install === null ? [] : inOrder(INSTALL, install, ['hooks', 'docker', 'host', 'generated']),
  // It also compiles where nothing is installed.
  image: (image, { runtime }) => (image === buildImageOf(runtime) ? [] : [`(runs the image ${image})`]),
  version: none,
  label: none,
  kind: none,
  entry: none,
  handler: none,
  runtime: none,
  alsoFor: none,
  // Files of this machine go in only with the digest that the plan has of them.
  sources: none,
  dependenciesIn: none,
  bytecode: none,
  output: none,
  hash: none,
  warnings: none,
};

/** All fields of a value, these first. */
const inOrder = <A extends object>(
  powers: Powers<A, [A]>,
  value: A,
  first: readonly (keyof A)[],
): readonly string[] => {
  const names = [...new Set([...first, ...(Object.keys(powers) as (keyof A)[])])];
  return names.flatMap((name) => powers[name](value[name], value));
};

/** The tables, for the test that holds them against the shapes of plans. */
export const POWER_TABLES = { plan: PLAN, install: INSTALL, docker: CONTAINER } as const;

/**
 * What a plan would do that no install needs, each as a line: the plan may be a stranger's.
 *
 * @param texts those of its requirements files, see `inputTexts`
 */
export const powersOf = (plan: BundlePlan, texts: readonly string[]): readonly string[] => [
  ...new Set([
    ...inOrder(PLAN, plan, ['install', 'image']),
    ...(plan.install === null ? [] : powersOfTexts(texts, plan.install)),
  ]),
];

/** What a variable holds is handed to code that a build runs. */
const handedOver = ({ docker }: InstallPlan): readonly string[] =>
  docker.environment
    // The installer's own, and those in which this library puts what stands in a file of the plan.
    .filter((name) => !INSTALLER_VARIABLES.includes(name) && !CREDENTIAL_VARIABLE.test(name))
    .map(reads);

/** What a variable holds goes into an address: any variable of this machine, also one that an installer has anyway. */
const powersOfTexts = (texts: readonly string[], { sdist }: InstallPlan): readonly string[] => [
  ...variablesIn(texts.flatMap(readRequirements).map(({ text }) => text)).map(reads),
  ...fetchesOf(texts, sdist),
];

const reads = (name: string): string => `(reads the variable ${name})`;
