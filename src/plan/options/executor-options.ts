import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest, DockerRequest, ExecutorName } from '../request/bundle-request';
import { PIDS_LIMIT } from '../install/container-privileges';
import type { PlanError } from '../errors/plan-error';

const EXECUTORS: readonly ExecutorName[] = ['auto', 'host', 'docker', 'buildkit'];

/** What a `RUN` of a Dockerfile can be given as its network; a builder knows no others. */
const RUN_NETWORKS = ['none', 'default', 'host'] as const;

/** Written into a Dockerfile, where a space or a `$` would be read as more than a part of a name. */
const isWord = (value: string): boolean => /^[A-Za-z0-9_][\w.:/@+-]*$/.test(value);

type Refusal = readonly [keyof DockerRequest, (docker: DockerRequest) => boolean];

/** A builder has no disk, container or limit of the caller's: options by which a user relies on one. */
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

/** What a builder cannot be asked for. */
const builderErrors = (docker: DockerRequest): readonly PlanError[] => [
  ...UNKNOWN_TO_BUILDERS.filter(([, isGiven]) => isGiven(docker)).map(([option]) =>
    invalid(
      option,
      JSON.stringify(docker[option]),
      'left out where `bundling.executor` is "buildkit": a builder has no such option',
    ),
  ),
  ...(docker.network == null || RUN_NETWORKS.some((network) => network === docker.network)
    ? []
    : [
        invalid(
          'network',
          docker.network,
          `one of ${quoted(RUN_NETWORKS)} where \`bundling.executor\` is "buildkit"`,
        ),
      ]),
  ...(['image', 'platform', 'user'] as const).flatMap((option) => {
    const given = docker[option];
    return given == null || isWord(given)
      ? []
      : invalid(option, given, 'a name without spaces where `bundling.executor` is "buildkit"');
  }),
];

/** What no executor is called, and what the one that is asked for cannot do. */
export const executorErrors = ({
  executor,
  docker,
}: Pick<BundleRequest, 'executor' | 'docker'>): readonly PlanError[] => {
  if (!EXECUTORS.includes(executor)) {
    return [invalid('executor', executor, `one of ${quoted(EXECUTORS)}`)];
  }
  return executor === 'buildkit' ? builderErrors(docker) : [];
};
