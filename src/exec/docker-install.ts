import * as E from 'fp-ts/Either';
import { dockerArgv } from '../plan/docker-argv';
import type { ExecutionError } from './execution-error';
import type { Install } from './install';
import { lastLines } from './installer-output';
import type { CommandResult, Shell } from './shell';
import { ending, NOT_FOUND, succeeded } from './shell';

/** The container engine's client, and the user that its containers run as (`UID:GID`). */
export interface Engine {
  readonly program: string;
  readonly user: string;
}

/** The exit code with which `docker run` tells that the engine itself failed, not the command in the container. */
const ENGINE_FAILED = 125;

/** Installs in a container of the plan's image, which has the runtime's own Python, pip and compilers. */
export const dockerInstaller =
  (shell: Shell, { program, user }: Engine): Install =>
  async ({ install, folders, environment }) => {
    const argv = dockerArgv(install.docker, { ...folders, user });
    const result = await shell({ argv: [program, ...argv], environment })();
    return succeeded(result)
      ? E.right({ by: 'docker', tool: `pip in ${install.docker.image}`, output: result.output })
      : E.left(failure(program, install.docker.image, result));
  };

const failure = (program: string, image: string, result: CommandResult): ExecutionError => {
  const output = lastLines(result.output);
  if (result.exitCode === NOT_FOUND && /not found|No such file/i.test(result.output)) {
    return { _tag: 'DockerNotFound', program };
  }
  if (
    /cannot connect to the docker daemon|is the docker daemon running|connection refused|docker\.sock/i.test(
      output,
    )
  ) {
    return { _tag: 'DockerDaemonDown', program, output };
  }
  const isAboutImage =
    /pull access denied|manifest|no such image|not found|unable to find image|repository does not exist/i;
  return result.exitCode === ENGINE_FAILED && isAboutImage.test(output)
    ? { _tag: 'ImageNotAvailable', image, output }
    : { _tag: 'InstallFailed', tool: `pip in ${image}`, exit: ending(result), output };
};
