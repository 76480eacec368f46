import { volumesOf } from '../install/container-install';
import type { InstallPlan } from '../model/install-plan';

/** The executor that installs local packages alone: this machine, or a container like that of the complete install. */
export type LocalWay = 'host' | 'container';

/** The possible ways of an install, in the order in which they are tried. */
export const waysOf = ({ executor }: Pick<InstallPlan, 'executor'>): readonly LocalWay[] =>
  executor === 'auto' ? ['host', 'container'] : [executor === 'host' ? 'host' : 'container'];

/**
 * Whether local packages may be installed alone in this way. An entrypoint and volumes may change any of the modules,
 * and a container does not report builds that used the time of a commit.
 */
export const mayInstallAlone = (install: InstallPlan, way: LocalWay): boolean => {
  const { sdist, isWhole, docker, git = [] } = install;
  if (isWhole || !waysOf(install).includes(way)) return false;
  return way === 'host'
    ? sdist === 'host'
    : sdist !== 'forbid' &&
        docker.entrypoint === null &&
        docker.volumesFrom.length + volumesOf(docker).length === 0 &&
        git.length === 0;
};
