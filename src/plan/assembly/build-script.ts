import { CONTAINER_NETRC } from '../install/docker-argv';
import type { DockerInstall } from '../model/install-plan';
import { shellWord } from '../values/shell-word';

/** The file name of {@link buildScript} among the tools of a build. */
export const BUILD_SCRIPT_NAME = 'run.sh';

/** The argument with which the script installs only wheels, and leaves builds to its next run. */
export const WHEELS_FIRST = 'wheels';

/** A file that the first run creates if the second has nothing left to do. */
const DONE = '$HOME/cdk-lambda-python-done';

/** The output of the first run is dropped if the second run installs. */
const wheelsFirst = (command: string): readonly string[] => [
  `if [ "$1" = ${WHEELS_FIRST} ]; then`,
  `  ${command} ${WHEELS_FIRST} > ${DONE}.log 2>&1; code=$?`,
  `  if [ $code = 0 ]; then touch ${DONE}; cat ${DONE}.log; elif [ $code -ge 125 ]; then cat ${DONE}.log; exit $code; fi`,
  '  exit 0',
  'fi',
  `if [ -f ${DONE} ]; then exit 0; fi`,
];

/**
 * The script that a build of a Dockerfile runs. It is a script because a line of a Dockerfile is limited to 64 kB, and
 * because BuildKit before 0.16 passes a secret only as a file. The script makes each secret the variable that
 * installers read, without line breaks at its end.
 *
 * @param empty names of variables with empty values, for which BuildKit makes no file
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
