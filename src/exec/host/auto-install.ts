import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { hasOwnCommand } from '../../plan/install/container-install';
import { firstSentence } from '../../plan/values/message-text';
import { declaredAt } from '../install/declared-at';
import type { ExecutionError } from '../errors/execution-error';
import { showExecutionError } from '../errors/execution-error';
import type { Install, InstallTask } from '../install/install';
import { targetName } from '../install/install';
import { layOut } from '../install/lay-out';

/**
 * Installs on this machine, or in a container if something must be built for Lambda or this machine has no installer.
 *
 * @param say prints that a container starts, and why
 * @since 0.1.0
 */
export const autoInstaller =
  (host: Install, docker: Install, say: (line: string) => void = () => undefined): Install =>
  async (task) => {
    if (hasOwnCommand(task.install.docker)) return docker(task);
    const here = await host(task);
    if (E.isRight(here) || !isForDocker(here.left)) return here;
    // Files that this machine has built or partly installed must not be in a container's input.
    const { input, output } = task.folders;
    await fs.rm(input, { recursive: true, force: true });
    // The folder itself stays: its identity shows whether another process has removed it.
    for (const name of await fs.readdir(output)) {
      await fs.rm(path.join(output, name), { recursive: true, force: true });
    }
    const begun = await layOut(task.plan, task.install, input);
    if (E.isLeft(begun)) return begun;
    const cause = causeOf(task, here.left);
    if (cause !== undefined)
      say(`${cause.requirement} (${cause.declaration}) ${cause.because}; trying a container`);
    const there = await docker(task);
    if (E.isRight(there)) return there;
    if (isMissing(there.left)) return E.left(noWay(here.left, there.left));
    return cause === undefined
      ? there
      : E.left({ _tag: 'ContainerTried', ...cause, message: showExecutionError(there.left) });
  };

/** A build that failed by itself fails in a container as well. */
const isForDocker = ({ _tag }: ExecutionError): boolean =>
  _tag === 'NeedsBuild' || _tag === 'NoInstaller' || _tag === 'InstallerMissing' || _tag === 'NoSandbox';

/** The requirement that needs a container. */
const causeOf = (
  { plan, install }: InstallTask,
  here: ExecutionError,
): { readonly requirement: string; readonly declaration: string; readonly because: string } | undefined =>
  here._tag === 'NeedsBuild'
    ? {
        requirement: here.requirement,
        declaration: declaredAt(install, here.requirement) ?? 'the plan',
        because: `has no wheel for ${targetName(plan)}`,
      }
    : undefined;

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
