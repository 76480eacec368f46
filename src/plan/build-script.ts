import { CONTAINER_NETRC } from './docker-argv';
import type { DockerInstall } from './install-plan';
import { shellWord } from './shell-word';

/** The name under which {@link buildScript} lies among the tools of a build. */
export const BUILD_SCRIPT_NAME = 'run.sh';

/**
 * What a build of a Dockerfile runs. A script, because a line of a Dockerfile is bounded (64 kB), and because BuildKit
 * before 0.16 hands over a secret as a file only: here it becomes the variable that installers read, less the line breaks at
 * its end.
 *
 * @param empty names of variables that are set to nothing: of those BuildKit makes no file
 */
export const buildScript = (
  {
    workingDirectory,
    entrypoint,
    command,
  }: Pick<DockerInstall, 'workingDirectory' | 'entrypoint' | 'command'>,
  empty: readonly string[] = [],
): string =>
  [
    '#!/bin/sh',
    ...empty.map((name) => `export ${name}=`),
    'for secret in /run/secrets/*; do',
    '  if [ -f "$secret" ]; then export "${secret##*/}=$(cat "$secret")"; fi',
    'done',
    `if [ -f ${CONTAINER_NETRC} ]; then export NETRC=${CONTAINER_NETRC}; fi`,
    'export HOME=/tmp',
    `cd ${shellWord(workingDirectory)} || exit 1`,
    `exec ${[...(entrypoint ?? []), ...command].map(shellWord).join(' ')}`,
    '',
  ].join('\n');
