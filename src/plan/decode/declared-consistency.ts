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
      `${brief(name)} is not the next variable that is handed over and holds no credential`,
    ),
  );

/** What shapes cannot say of what an app declares: a plan must say what its mounts hold, as an app must. */
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
        `${brief(path)} is no read-only volume`,
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
      'must be there: nothing else says what the mounts hold',
    ),
  ];
};
