import type { ExecutionError } from '../errors/execution-error';
import { lastLines, saysDiskFull } from '../scripts/installer-output';
import type { ContainerResult } from '../process/run-container';
import type { CommandResult } from '../process/shell';
import { HOOK_MARKER } from '../scripts/whole-script';

/** The exit code of `docker run` if the engine itself failed, not the command in the container. */
export const ENGINE_FAILED = 125;

/** The exit code of a container whose first process was ended by SIGKILL. */
const KILLED = 137;

const NO_DAEMON =
  /cannot connect to (the docker daemon|podman)|is the docker daemon running|(failed|trying) to connect to the docker|error during connect|docker daemon is not running|cannot access containerd socket|error waiting for container: unexpected EOF/i;

/** The output of engines that cannot get an image; a successful pull prints "Status: Downloaded". */
const NO_IMAGE =
  /unable to find image(?![\s\S]*Status: Downloaded)|pull access denied|manifest unknown|no such image|repository does not exist|invalid reference format|initializing source|unable to copy from source/i;

/** The error of a failure outside the container's own command; undefined if that command may have failed. */
export const engineFailure = (
  program: string,
  image: string,
  output: string,
  result: ContainerResult,
): ExecutionError | undefined => {
  const said = lastLines(result.output);
  const code = result.isOfEngine ? ENGINE_FAILED : (result.exitCode ?? 0);
  // Some clients end with 1, as pip does; but pip does not print any of these words.
  if ([ENGINE_FAILED, 1].includes(code) && NO_DAEMON.test(said)) {
    return { _tag: 'DockerDaemonDown', program, output: said };
  }
  if (code === ENGINE_FAILED && NO_IMAGE.test(result.output)) {
    return { _tag: 'ImageNotAvailable', image, output: said };
  }
  if (saysDiskFull(result.output)) return { _tag: 'DiskFull', path: output };
  return !result.isOfEngine && isKilled(result)
    ? { _tag: 'ContainerKilled', image, output: said }
    : undefined;
};

/**
 * Whether the container was killed. If a user's command was killed, the container went on and names it by the marker.
 */
export const isKilled = ({ exitCode, output }: Pick<CommandResult, 'exitCode' | 'output'>): boolean =>
  exitCode === KILLED && !output.includes(HOOK_MARKER);
