import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest, DockerRequest } from '../request/bundle-request';
import {
  AbsolutePath,
  Capability,
  EnvironmentName,
  MemoryLimit,
  PidsLimit,
  PlainArgument,
} from '../values/codecs';
import { CONTAINER_FOLDERS, CONTAINER_NETRC } from '../install/docker-argv';
import { hasOwnCommand } from '../install/container-install';
import type { DockerInstall } from '../model/install-plan';
import type { PlanError } from '../errors/plan-error';

const OWN_TARGETS: readonly string[] = [...Object.values(CONTAINER_FOLDERS), CONTAINER_NETRC];

const withSlash = (folder: string): string => (folder.endsWith('/') ? folder : `${folder}/`);

/** Whether two folders are the same or one contains the other. */
const overlap = (a: string, b: string): boolean =>
  withSlash(a).startsWith(withSlash(b)) || withSlash(b).startsWith(withSlash(a));

/**
 * Whether a folder may be mounted at a path of the container: an absolute path that the install itself does not use.
 */
export const isFreeTarget = (target: string): boolean =>
  target.startsWith('/') &&
  isOneLine(target) &&
  !target.split('/').some((part) => part === '..' || part === '.') &&
  !OWN_TARGETS.some((own) => overlap(target, own));

/** The CSV of `--mount` changes a carriage return with a line feed in a field. */
const isOneLine = (value: string): boolean => !/[\r\n]/.test(value);

/** Whether a path of the engine's machine may be mounted. */
export const isVolumeSource = (source: string): boolean => AbsolutePath.is(source) && isOneLine(source);

const NAME = 'a name without control characters that does not begin with "-"';

const volumeErrors = (volumes: DockerRequest['volumes']): readonly PlanError[] =>
  volumes.flatMap(({ hostPath, containerPath }, index): readonly PlanError[] => [
    ...(isVolumeSource(hostPath)
      ? []
      : [invalidOption(`bundling.volumes[${index}].hostPath`, hostPath, 'an absolute path')]),
    ...(isFreeTarget(containerPath)
      ? []
      : [
          invalidOption(
            `bundling.volumes[${index}].containerPath`,
            containerPath,
            `an absolute path outside ${OWN_TARGETS.join(', ')}`,
          ),
        ]),
    ...(volumes.slice(0, index).some((other) => other.containerPath === containerPath)
      ? [
          invalidOption(
            `bundling.volumes[${index}].containerPath`,
            containerPath,
            'a path that no other volume has',
          ),
        ]
      : []),
  ]);

/** Whether a text can be an argument of a process. A NUL would end it. */
const isArgument = (value: string): boolean => !value.includes('\0');

const argumentErrors = (option: string, given: readonly string[] | null | undefined): readonly PlanError[] =>
  given === undefined || given === null || (given.length > 0 && given.every(isArgument))
    ? []
    : [
        invalidOption(
          option,
          given.join(' '),
          'a list of at least one text, none with a NUL in it; leave it out for the default',
        ),
      ];

const privilegeErrors = ({ capAdd, pidsLimit, memory }: DockerRequest): readonly PlanError[] => [
  ...(capAdd ?? []).flatMap((given, index) =>
    Capability.is(given)
      ? []
      : invalidOption(`bundling.capAdd[${index}]`, given, 'the name of a capability, such as "CHOWN"'),
  ),
  ...(pidsLimit === undefined || PidsLimit.is(pidsLimit)
    ? []
    : [
        invalidOption(
          'bundling.pidsLimit',
          `${pidsLimit}`,
          'a whole number of 1 or more, or -1 for no limit',
        ),
      ]),
  ...(memory === undefined || memory === null || MemoryLimit.is(memory)
    ? []
    : [invalidOption('bundling.memory', memory, 'a number of bytes, or one with "k", "m" or "g" after it')]),
];

/** Whether a text can be a digest of volumes. An unset variable gives an empty text. */
export const isDigestOfVolumes = (given: string): boolean => given.trim() !== '';

const VOLUMES_DIGEST =
  'a text that is not blank and changes with the content of the volumes; leave it out if there is none';

const isFolderOfContainer = (folder: string): boolean => folder.startsWith('/') && PlainArgument.is(folder);

/** Reports options of the build container that `docker run` does not accept. */
export const dockerOptionErrors = ({ docker }: Pick<BundleRequest, 'docker'>): readonly PlanError[] => [
  ...(['image', 'platform', 'network', 'user', 'securityOpt'] as const).flatMap((option) => {
    const given = docker[option];
    return given === undefined || given === null || PlainArgument.is(given)
      ? []
      : invalidOption(`bundling.${option}`, given, NAME);
  }),
  ...privilegeErrors(docker),
  ...(docker.volumesFrom ?? []).flatMap((given, index) =>
    PlainArgument.is(given) ? [] : invalidOption(`bundling.volumesFrom[${index}]`, given, NAME),
  ),
  ...(docker.volumesDigest === undefined || isDigestOfVolumes(docker.volumesDigest)
    ? []
    : [invalidOption('bundling.volumesDigest', docker.volumesDigest, VOLUMES_DIGEST)]),
  ...(docker.workingDirectory === undefined || isFolderOfContainer(docker.workingDirectory)
    ? []
    : [
        invalidOption(
          'bundling.workingDirectory',
          docker.workingDirectory,
          'an absolute path in the container, without control characters',
        ),
      ]),
  ...argumentErrors('bundling.entrypoint', docker.entrypoint),
  ...argumentErrors('bundling.command', docker.command),
  // Text after `=` may be a secret.
  ...docker.environment
    .filter((name): boolean => !EnvironmentName.is(name))
    .map((name) =>
      invalidOption('bundling.environment', name.replace(/=.*/s, '=…'), 'names of letters, digits and "_"'),
    ),
  ...volumeErrors(docker.volumes),
];

/** The number of mounts that every install has. They come first. */
export const OWN_MOUNTS = Object.keys(CONTAINER_FOLDERS).length;

/** Derives the options of a container from a plan, except for its image, which the plan has as well. */
export const requestedOptions = ({
  argv: _argv,
  image: _image,
  command,
  mounts,
  ...docker
}: DockerInstall): Omit<DockerRequest, 'image'> => ({
  ...docker,
  ...(hasOwnCommand({ command }) ? { command } : {}),
  volumes: mounts.slice(OWN_MOUNTS).map(({ source, target, readOnly }) => ({
    hostPath: source,
    containerPath: target,
    readOnly,
  })),
});
