import * as path from 'node:path';
import { isContainerExecutor } from '../../plan/request/bundle-request';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';

/** What a container prints that has no Git where a build takes a version from Git. */
export const NO_GIT = 'cdk-lambda-python: a build takes its version from Git, and the container has no Git';

/** How the packages can be built on this machine; null where a container is tried because this machine cannot. */
const onThisMachine = ({ executor, sdist }: Pick<InstallPlan, 'executor' | 'sdist'>): string | null => {
  if (isContainerExecutor(executor)) return 'set `bundling.executor` to "auto" to build it on this machine';
  return sdist === 'docker' ? 'set `bundling.sdist` to "host" to build it on this machine' : null;
};

/** That an image has no Git for a version, by what its container has printed. */
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
