import { commandOf } from './buildx-output';
import type { Builder, BuildFailure } from './builders';
import { builderName } from './builders';
import { commandFailure } from '../container/command-failure';
import { isKilled } from '../failures/engine-failure';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { failedWith } from '../failures/install-failure';
import { lastLines } from '../scripts/installer-output';
import type { CommandResult, Shell } from '../process/shell';
import { NOT_FOUND, succeeded } from '../process/shell';

/** BuildKit's line before the last lines of a failed step, if this step looks for the image or pulls it. */
const NO_IMAGE = /^ > \[(?:internal\] load metadata for |[^\]]*1\/\d+\] FROM )/m;

/** Messages of gRPC, buildx and the engine's client about a builder that is missing, or disappears during a build. */
const LOST =
  /no builder "[^"]*" found|failed to find driver|context deadline exceeded|error reading from server|closing transport|transport is closing|code = Unavailable|connection (refused|reset)|broken pipe|no such host|: EOF$|failed to list workers|no active session|cannot connect to the docker daemon|error during connect/im;

/** The kinds of cache that a builder can have depend on its driver. */
const NO_CACHE =
  /cache export is not supported|unknown cache (exporter|importer)|could not resolve \S+ cache/i;

/** The reason why a build has failed: its command, its image, its builder, or no program to start one. */
export const buildFailure = async (
  shell: Shell,
  { program, builder, tool }: { readonly program: string; readonly builder: Builder; readonly tool: string },
  task: InstallTask,
  result: CommandResult,
): Promise<BuildFailure> => {
  const failed = (error: ExecutionError): BuildFailure => ({ _tag: 'Failed', error });
  const { image } = task.install.docker;
  const command = commandOf(result);
  if (command !== undefined) {
    return failed(
      isKilled(command)
        ? { _tag: 'ContainerKilled', image, output: lastLines(command.output) }
        : commandFailure(task, tool, command),
    );
  }
  if (result.signal !== null) return failed(failedWith(tool, result));
  const output = lastLines(result.output);
  if (NO_IMAGE.test(result.output)) return failed({ _tag: 'ImageNotAvailable', image, output });
  if (NO_CACHE.test(lastError(output)))
    return failed({ _tag: 'BuildCacheRefused', builder: builderName(builder), output });
  if (LOST.test(lastError(output))) return { _tag: 'Lost', output };
  const version = await shell({ argv: [program, 'buildx', 'version'] })();
  if (version.exitCode === NOT_FOUND) return failed({ _tag: 'DockerNotFound', program });
  return failed(
    succeeded(version) ? failedWith(`${program} buildx build`, result) : { _tag: 'BuildxNotFound', program },
  );
};

/** buildx's line about the reason of its end. */
const lastError = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.startsWith('ERROR: '))
    .at(-1) ?? '';
