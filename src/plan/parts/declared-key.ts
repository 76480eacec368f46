import type { DeclaredContent } from '../model/declared-content';
import { volumesOf } from '../install/container-install';
import { byText } from '../values/hash';
import type { DockerInstall } from '../model/install-plan';

/**
 * The declared content in a hash: digests, and the places of volumes in the container. It has no path of this machine.
 * Empty if nothing is declared.
 */
export const declaredKey = (
  { variables, indexes, mounts, volumesDigest, onlyFor }: DeclaredContent,
  docker: Pick<DockerInstall, 'mounts' | 'volumesFrom'>,
): readonly unknown[] => {
  const contents = new Map(mounts.map(({ path, digest }) => [path, digest]));
  const volumes = volumesOf(docker).map(({ source, target, readOnly }) => [
    target,
    readOnly,
    contents.get(source) ?? null,
  ]);
  const hasMounts = volumes.length + docker.volumesFrom.length > 0;
  return [
    ...(variables === null ? [] : [['variables', variables.names, variables.digest]]),
    ...(indexes.length === 0 ? [] : [['indexes', indexes.map(({ digest }) => digest).sort(byText)]]),
    ...(hasMounts ? [['mounts', volumes, docker.volumesFrom, volumesDigest]] : []),
    ...(onlyFor === null ? [] : [['only for', onlyFor]]),
  ];
};
