import * as path from 'node:path';
import type { ContainerTask } from '../install/container-install';
import { dockerArgv, PLACEHOLDERS } from '../install/docker-argv';
import { byText, sha256 } from '../values/hash';
import type { DockerInstall, InstallPlan } from '../model/install-plan';
import type { LocalPart } from './local-part';
import { isIn, isMetadata } from './local-part';
import { aloneRuns } from './local-runs';

/**
 * The container of an install with other requirements files and without their dependencies. Everything else stays the
 * same, so that a build sees the same as in the complete install.
 */
export const aloneInContainer = (
  docker: DockerInstall,
  files: readonly string[],
  { isLocked }: Pick<InstallPlan, 'isLocked'>,
): DockerInstall => {
  const task = JSON.parse(docker.command.at(-1) ?? '') as ContainerTask;
  const alone: ContainerTask = {
    ...task,
    installers: task.installers.map((runs) => aloneRuns(runs, files)),
    ...(task.newer === undefined ? {} : { newer: task.newer.map((runs) => aloneRuns(runs, files)) }),
    ...(isLocked ? {} : { isUnlocked: true }),
  };
  const command = [...docker.command.slice(0, -1), JSON.stringify(alone)];
  return { ...docker, command, argv: dockerArgv({ ...docker, command }, PLACEHOLDERS) };
};

/**
 * The key of a local package that a container installs. In one container the code of all builds can reach all modules,
 * so the build requirements of the other local packages count as well.
 */
export const containerKey = (
  key: string,
  parts: readonly LocalPart[],
  { isLocked, installer, docker }: Pick<InstallPlan, 'isLocked' | 'installer' | 'docker'>,
): string =>
  sha256(
    JSON.stringify([
      'container/1',
      key,
      [docker.image, docker.platform],
      isLocked,
      installer ?? null,
      parts
        .flatMap(({ name, folder, inputs }) =>
          inputs
            .filter(({ path: file }) => isMetadata(file) && isIn(folder, file))
            .map(({ path: file, hashed }) => [name, path.posix.relative(`/${folder}`, `/${file}`), hashed]),
        )
        .map((one) => JSON.stringify(one))
        .sort(byText),
    ]),
  );
