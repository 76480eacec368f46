import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { hasOwnCommand } from '../plan/docker-install';
import type { ExecutionError } from './execution-error';
import { showExecutionError } from './execution-error';
import type { Install } from './install';
import { layOut } from './lay-out';
import { firstSentence } from './no-engine-for-image';

/**
 * This machine where it can, a container where something must be built for Lambda or nothing here can install.
 *
 * @since 0.1.0
 */
export const autoInstaller =
  (host: Install, docker: Install): Install =>
  async (task) => {
    if (hasOwnCommand(task.install.docker)) return docker(task);
    const here = await host(task);
    if (E.isRight(here) || !isForDocker(here.left)) return here;
    // What this machine has built or half installed is no part of what a container begins with.
    const { input, output } = task.folders;
    await fs.rm(input, { recursive: true, force: true });
    // The folder itself stays: by it is told whether somebody has taken it away meanwhile.
    for (const name of await fs.readdir(output)) {
      await fs.rm(path.join(output, name), { recursive: true, force: true });
    }
    const begun = await layOut(task.plan, task.install, input);
    if (E.isLeft(begun)) return begun;
    const there = await docker(task);
    return E.isLeft(there) && isMissing(there.left) ? E.left(noWay(here.left, there.left)) : there;
  };

const isForDocker = ({ _tag }: ExecutionError): boolean =>
  _tag === 'NeedsBuild' || _tag === 'NoInstaller' || _tag === 'NoSandbox';

const isMissing = ({ _tag }: ExecutionError): boolean =>
  _tag === 'DockerNotFound' || _tag === 'DockerDaemonDown';

const noWay = (here: ExecutionError, there: ExecutionError): ExecutionError =>
  here._tag === 'NeedsBuild'
    ? {
        _tag: 'NoWayToBuild',
        requirement: here.requirement,
        target: here.target,
        docker: firstSentence(showExecutionError(there)),
        output: here.output,
      }
    : here;
