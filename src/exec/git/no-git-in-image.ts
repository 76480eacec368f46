import * as path from 'node:path';
import { isContainerExecutor } from '../../plan/request/bundle-request';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';

/** A container without Git prints this if a build takes a version from Git. */
export const NO_GIT = 'cdk-lambda-python: a build takes its version from Git, and the container has no Git';

/** How this machine can build the packages; null if a container is used because it cannot. */
const onThisMachine = ({ executor, sdist }: Pick<InstallPlan, 'executor' | 'sdist'>): string | null => {
  if (isContainerExecutor(executor)) return 'set `bundling.executor` to "auto" to build it on this machine';
  return sdist === 'docker' ? 'set `bundling.sdist` to "host" to build it on this machine' : null;
};

/** The error that an image has no Git, if its container has printed so. */
export const noGitInImage = (
  install: Pick<InstallPlan, 'git' | 'docker' | 'executor' | 'sdist'>,
  output: string,
): ExecutionError | undefined =>
  output.includes(NO_GIT)
    ? {
        _tag: 'NoGitInImage',
        image: install.docker.image,
        packages: (install.git ?? []).flatMap(({ from, packages }) =>
          packages.map((folder) => path.join(from, folder)),
        ),
        here: onThisMachine(install),
      }
    : undefined;
