import type { BundlePlan } from '../model/bundle-plan';
import { hasOwnCommand, volumesOf } from '../install/container-install';
import type { InstallPlan } from '../model/install-plan';
import { buildImageOf } from '../target/python-runtime';

/**
 * The download cache of an install's container. `shared` is the cache of all sets, and `private` is a cache of its own
 * that is deleted. With `wheels`, a first run installs only wheels with the shared cache, and a second, if needed, uses
 * its own.
 */
export type Downloads = 'shared' | 'wheels' | 'private';

/**
 * Whether a container may first install only wheels with the shared downloads, because only code of AWS's image and of
 * the installers runs in it. Code of packages, of the user's commands or of the user's own image could change what
 * another project installs.
 */
const sharesDownloads = (
  install: InstallPlan,
  { image, runtime }: Pick<BundlePlan, 'image' | 'runtime'>,
): boolean =>
  image === buildImageOf(runtime) &&
  !install.isWhole &&
  !hasOwnCommand(install.docker) &&
  install.docker.entrypoint === null &&
  install.docker.volumesFrom.length === 0 &&
  volumesOf(install.docker).length === 0 &&
  install.host.localPackages.length === 0;

/** Chooses the downloads: only code of the installers and of AWS's image may write into the shared cache. */
export const downloadsOf = (install: InstallPlan, plan: Pick<BundlePlan, 'image' | 'runtime'>): Downloads =>
  !sharesDownloads(install, plan) ? 'private' : install.sdist === 'forbid' ? 'shared' : 'wheels';
