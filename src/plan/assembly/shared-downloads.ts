import type { BundlePlan } from '../model/bundle-plan';
import { hasOwnCommand, volumesOf } from '../install/container-install';
import type { InstallPlan } from '../model/install-plan';
import { buildImageOf } from '../target/python-runtime';

/**
 * Which downloads the container of an install has: `shared` those that all sets share, `private` its own, which are thrown
 * away; `wheels` the shared ones for a first run that takes wheels alone, and its own for a second where that is not enough.
 */
export type Downloads = 'shared' | 'wheels' | 'private';

/**
 * Whether a container may first be asked for wheels alone, with the downloads that all sets share: then no code runs in it but
 * that of AWS's image and of the installers. Code of packages, of the user's commands and of the user's own image could change
 * what another project installs.
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

/** Only code of the installers and of AWS's image may write to what all sets share. */
export const downloadsOf = (install: InstallPlan, plan: Pick<BundlePlan, 'image' | 'runtime'>): Downloads =>
  !sharesDownloads(install, plan) ? 'private' : install.sdist === 'forbid' ? 'shared' : 'wheels';
