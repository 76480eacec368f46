import { ENGINE_FAILED } from '../failures/engine-failure';
import type { ContainerResult } from '../process/run-container';

/** Messages of engines about a missing folder for a mount: Docker, Podman and nerdctl, Docker Desktop. */
const NOT_THERE = /does not exist|no such file or directory|not shared from the host/i;

/** Clients that only pass on an engine's error may end with 1, as may a command in a container. */
const REFUSING = [ENGINE_FAILED, 1];

/** Whether a text has the whole path, and not only a longer one with it. */
const names = (text: string, path: string): boolean => {
  const escaped = path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\w./-])${escaped}(?![\\w/.-]*[\\w/-])`).test(text);
};

/**
 * The path of this run that the engine does not have: no container knows these names, so the message is not a
 * command's.
 */
export const refusedPath = (
  { exitCode, output }: ContainerResult,
  paths: readonly string[],
): string | undefined =>
  REFUSING.includes(exitCode ?? 0) && NOT_THERE.test(output)
    ? paths.find((path) => names(output, path))
    : undefined;

/** The path of the user's that the engine does not have; the user's commands may name it as well. */
export const refusedVolume = (result: ContainerResult, paths: readonly string[]): string | undefined =>
  result.exitCode === ENGINE_FAILED ? refusedPath(result, paths) : undefined;
