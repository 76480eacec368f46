import { isCredentialName } from '../values/credential-names';
import type { DeclaredContent } from '../model/declared-content';
import { volumesOf } from '../install/container-install';
import { isDigestOfVolumes } from '../options/docker-options';
import type { PlanFieldError } from '../values/field-error';
import { brief } from '../values/field-error';
import { byText } from '../values/hash';
import type { InstallPlan } from '../model/install-plan';
import { wrong } from '../values/path-collisions';

const variableErrors = (
  variables: DeclaredContent['variables'],
  handedOver: readonly string[],
): readonly PlanFieldError[] =>
  (variables?.names ?? []).flatMap((name, index, names) =>
    wrong(
      handedOver.includes(name) &&
        !isCredentialName(name) &&
        (index === 0 || byText(names[index - 1] ?? '', name) < 0),
      `/install/declared/variables/names/${index}`,
      `${brief(name)} is not passed to the container, holds a credential, or is not in the order of names`,
    ),
  );

/**
 * Checks the declared content between fields, which shapes cannot express. A plan, like an app, must say what its
 * mounts hold.
 */
export const declaredInconsistencies = ({
  declared,
  docker,
  executor,
}: InstallPlan): readonly PlanFieldError[] => {
  const volumes = volumesOf(docker);
  const isReadOnly = (path: string): boolean =>
    volumes.some(({ source, readOnly }) => readOnly && source === path);
  const counts = (path: string): boolean => declared.mounts.some((mount) => mount.path === path);
  const isKnown = volumes.every(({ source }) => counts(source)) && docker.volumesFrom.length === 0;
  return [
    ...variableErrors(declared.variables, docker.environment),
    ...declared.mounts.flatMap(({ path }, index) =>
      wrong(
        isReadOnly(path),
        `/install/declared/mounts/${index}/path`,
        `${brief(path)} is not a read-only volume`,
      ),
    ),
    ...wrong(
      declared.volumesDigest === null || isDigestOfVolumes(declared.volumesDigest),
      '/install/declared/volumesDigest',
      'must not be blank',
    ),
    ...wrong(
      executor === 'host' || isKnown || declared.volumesDigest !== null || declared.onlyFor !== null,
      '/install/declared/volumesDigest',
      'must be set: nothing else says what the mounts contain',
    ),
  ];
};
