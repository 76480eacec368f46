import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest, DockerRequest, ExecutorName } from '../request/bundle-request';
import { PIDS_LIMIT } from '../install/container-privileges';
import type { PlanError } from '../errors/plan-error';

const EXECUTORS: readonly ExecutorName[] = ['auto', 'host', 'docker', 'buildkit'];

/** The networks that a `RUN` of a Dockerfile can have. */
const RUN_NETWORKS = ['none', 'default', 'host'] as const;

/** Whether a value can stand in a Dockerfile, which would read a space or a `$` as more than part of a name. */
const isWord = (value: string): boolean => /^[A-Za-z0-9_][\w.:/@+-]*$/.test(value);

type Refusal = readonly [keyof DockerRequest, (docker: DockerRequest) => boolean];

/** Options for disks, containers or limits of the caller. A builder lacks these. */
const UNKNOWN_TO_BUILDERS: readonly Refusal[] = [
  ['volumes', ({ volumes }) => volumes.length > 0],
  ['volumesFrom', ({ volumesFrom = [] }) => volumesFrom.length > 0],
  ['securityOpt', ({ securityOpt }) => securityOpt !== undefined && securityOpt !== null],
  ['capAdd', ({ capAdd }) => capAdd !== undefined && capAdd !== null],
  ['memory', ({ memory }) => memory !== undefined && memory !== null],
  ['pidsLimit', ({ pidsLimit = PIDS_LIMIT }) => pidsLimit !== PIDS_LIMIT],
];

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const invalid = (option: string, given: string, expected: string): PlanError =>
  invalidOption(`bundling.${option}`, given, expected);

/** Reports options that a builder cannot follow. */
const builderErrors = (docker: DockerRequest): readonly PlanError[] => [
  ...UNKNOWN_TO_BUILDERS.filter(([, isGiven]) => isGiven(docker)).map(([option]) =>
    invalid(
      option,
      JSON.stringify(docker[option]),
      'left out if `bundling.executor` is "buildkit": a builder has no such option',
    ),
  ),
  ...(docker.network == null || RUN_NETWORKS.some((network) => network === docker.network)
    ? []
    : [
        invalid(
          'network',
          docker.network,
          `one of ${quoted(RUN_NETWORKS)} if \`bundling.executor\` is "buildkit"`,
        ),
      ]),
  ...(['image', 'platform', 'user'] as const).flatMap((option) => {
    const given = docker[option];
    return given == null || isWord(given)
      ? []
      : invalid(option, given, 'a name without spaces if `bundling.executor` is "buildkit"');
  }),
];

/** Reports an unknown executor, and options that the chosen executor cannot follow. */
export const executorErrors = ({
  executor,
  docker,
}: Pick<BundleRequest, 'executor' | 'docker'>): readonly PlanError[] => {
  if (!EXECUTORS.includes(executor)) {
    return [invalid('executor', executor, `one of ${quoted(EXECUTORS)}`)];
  }
  return executor === 'buildkit' ? builderErrors(docker) : [];
};
