import { ENGINE_FAILED } from '../failures/engine-failure';
import type { ContainerResult } from '../process/run-container';

/** What engines say of a folder that is to be mounted and that they have not: Docker, Podman and nerdctl, Docker Desktop. */
const NOT_THERE = /does not exist|no such file or directory|not shared from the host/i;

/** Clients that only pass on what an engine says may end with 1, as what runs in a container may. */
const REFUSING = [ENGINE_FAILED, 1];

/** Whether a text names a path, and not only one that begins or ends with it. */
const names = (text: string, path: string): boolean => {
  const escaped = path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\w./-])${escaped}(?![\\w/.-]*[\\w/-])`).test(text);
};

/** Which of the run's own paths the engine has not: no container knows their names, so it is no command that says so. */
export const refusedPath = (
  { exitCode, output }: ContainerResult,
  paths: readonly string[],
): string | undefined =>
  REFUSING.includes(exitCode ?? 0) && NOT_THERE.test(output)
    ? paths.find((path) => names(output, path))
    : undefined;

/** Which of the user's own paths the engine has not; commands of theirs may name them as well. */
export const refusedVolume = (result: ContainerResult, paths: readonly string[]): string | undefined =>
  result.exitCode === ENGINE_FAILED ? refusedPath(result, paths) : undefined;
