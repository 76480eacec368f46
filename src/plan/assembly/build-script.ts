import { CONTAINER_NETRC } from '../install/docker-argv';
import type { DockerInstall } from '../model/install-plan';
import { shellWord } from '../values/shell-word';

/** The name under which {@link buildScript} lies among the tools of a build. */
export const BUILD_SCRIPT_NAME = 'run.sh';

/** The argument by which the script takes wheels alone, and leaves what is to be built to the next run of it. */
export const WHEELS_FIRST = 'wheels';

/** The file by which a first run tells the second that nothing is left to do. */
const DONE = '$HOME/cdk-lambda-python-done';

/** What the first run has printed is of no use where the second one installs. */
const wheelsFirst = (command: string): readonly string[] => [
  `if [ "$1" = ${WHEELS_FIRST} ]; then`,
  `  ${command} ${WHEELS_FIRST} > ${DONE}.log 2>&1; code=$?`,
  `  if [ $code = 0 ]; then touch ${DONE}; cat ${DONE}.log; elif [ $code -ge 125 ]; then cat ${DONE}.log; exit $code; fi`,
  '  exit 0',
  'fi',
  `if [ -f ${DONE} ]; then exit 0; fi`,
];

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
): string => {
  const line = [...(entrypoint ?? []), ...command].map(shellWord).join(' ');
  return [
    '#!/bin/sh',
    ...empty.map((name) => `export ${name}=`),
    'for secret in /run/secrets/*; do',
    '  if [ -f "$secret" ]; then export "${secret##*/}=$(cat "$secret")"; fi',
    'done',
    `if [ -f ${CONTAINER_NETRC} ]; then export NETRC=${CONTAINER_NETRC}; fi`,
    'export HOME=/tmp',
    `cd ${shellWord(workingDirectory)} || exit 1`,
    ...wheelsFirst(line),
    `exec ${line}`,
    '',
  ].join('\n');
};
