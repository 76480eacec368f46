import type { BundleRequest, DockerRequest } from './bundle-request';
import { AbsolutePath, EnvironmentName, PlainArgument } from './codecs';
import { CONTAINER_FOLDERS } from './docker-argv';
import type { PlanError } from './plan-error';

const OWN_TARGETS: readonly string[] = Object.values(CONTAINER_FOLDERS);

const withSlash = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`);

/** Whether one of two folders holds the other, or they are the same. */
const overlap = (a: string, b: string): boolean =>
  withSlash(a).startsWith(withSlash(b)) || withSlash(b).startsWith(withSlash(a));

/** Whether a folder may be mounted at a path of the container: an absolute one, and none that the install itself needs. */
export const isFreeTarget = (target: string): boolean =>
  target.startsWith('/') &&
  isOneLine(target) &&
  !target.split('/').some((part) => part === '..' || part === '.') &&
  !OWN_TARGETS.some((own) => overlap(target, own));

/** A carriage return and a line feed in one field are changed on the way through the CSV of `--mount`. */
const isOneLine = (value: string): boolean => !/[\r\n]/.test(value);

/** Whether a path of the engine's machine may be mounted. */
export const isVolumeSource = (source: string): boolean => AbsolutePath.is(source) && isOneLine(source);

const NAME = 'a name without control characters that does not begin with "-"';

const volumeErrors = (volumes: DockerRequest['volumes']): readonly PlanError[] =>
  volumes.flatMap(({ hostPath, containerPath }, index): readonly PlanError[] => [
    ...(isVolumeSource(hostPath)
      ? []
      : [invalid(`bundling.volumes[${index}].hostPath`, hostPath, 'an absolute path')]),
    ...(isFreeTarget(containerPath)
      ? []
      : [
          invalid(
            `bundling.volumes[${index}].containerPath`,
            containerPath,
            `an absolute path outside ${OWN_TARGETS.join(', ')}`,
          ),
        ]),
    ...(volumes.slice(0, index).some((other) => other.containerPath === containerPath)
      ? [
          invalid(
            `bundling.volumes[${index}].containerPath`,
            containerPath,
            'a path that no other volume has',
          ),
        ]
      : []),
  ]);

const invalid = (option: string, given: string, expected: string): PlanError => ({
  _tag: 'InvalidOption',
  option,
  given,
  expected,
});

/** The options of the build container that no `docker run` could be given. */
export const dockerOptionErrors = ({ docker }: Pick<BundleRequest, 'docker'>): readonly PlanError[] => [
  ...(['image', 'network', 'user'] as const).flatMap((option) => {
    const given = docker[option];
    return given === undefined || given === null || PlainArgument.is(given)
      ? []
      : invalid(`bundling.${option}`, given, NAME);
  }),
  // What follows a `=` may be a secret.
  ...docker.environment
    .filter((name): boolean => !EnvironmentName.is(name))
    .map((name) =>
      invalid('bundling.environment', name.replace(/=.*/s, '=…'), 'names of letters, digits and "_"'),
    ),
  ...volumeErrors(docker.volumes),
];
