import { BUILD_SCRIPT_NAME, WHEELS_FIRST } from './build-script';
import { CONTAINER_FOLDERS, CONTAINER_NETRC } from '../install/docker-argv';
import type { DockerInstall } from '../model/install-plan';
import type { Downloads } from './shared-downloads';

/** The name of the secret with the user's netrc file. No variable can have this name. */
export const NETRC_SECRET = 'netrc-file';

/** The stage of a Dockerfile in which modules are installed. */
const STAGE = 'install';

/** The folders of the last stage for the installed modules and their bytecode. */
export const BUILT = { output: 'output', bytecode: 'bytecode' } as const;

/**
 * Folders of a build's context. The user's files lie in one of them, never at the root: BuildKit would follow a
 * `.dockerignore` there, and leave files out.
 */
export const CONTEXT_FOLDERS = { input: 'input', tools: 'tools', sources: 'sources' } as const;

/** The default user of an install, without privileges. It is a number, so that it works in every image. */
const NOBODY = '1000:1000';

const { input, output, bytecode, tools, cache } = CONTAINER_FOLDERS;

/** Folders into which a build writes, as the arguments of a command. */
const WRITTEN = [input, output, bytecode, cache].join(' ');

type Mount = readonly (readonly [option: string, value: string])[];

const mountFlag = (mount: Mount): string => `--mount=${mount.map((option) => option.join('=')).join(',')}`;

/**
 * The mount with the downloads of installers, which the builder keeps for each user. It needs an owner: BuildKit
 * creates the folder with its own umask, so a mode would not be enough. A user whose number only the image knows has no
 * such mount.
 */
const cacheMounts = (owner: string): readonly Mount[] => {
  const [, uid] = /^(\d+|root)(?::|$)/.exec(owner) ?? [];
  if (uid === undefined) return [];
  const number = uid === 'root' ? '0' : uid;
  return [
    [
      ['type', 'cache'],
      ['id', `cdk-lambda-python-${number}`],
      ['target', cache],
      ['uid', number],
    ],
  ];
};

/** The mounts of a build. Every user may read the secrets, because only the image may know the user's number. */
const mounts = (owner: string, environment: readonly string[], isShared: boolean): readonly Mount[] => [
  [
    ['type', 'bind'],
    ['source', CONTEXT_FOLDERS.tools],
    ['target', tools],
  ],
  ...(isShared ? cacheMounts(owner) : []),
  ...environment.map((name): Mount => [
    ['type', 'secret'],
    ['id', name],
    ['mode', '0444'],
  ]),
  [
    ['type', 'secret'],
    ['id', NETRC_SECRET],
    ['target', CONTAINER_NETRC],
    ['mode', '0444'],
  ],
];

/** The options of an install that decide its Dockerfile. */
export type DockerfileOf = Pick<DockerInstall, 'image' | 'user' | 'environment'>;

/**
 * The Dockerfile with which BuildKit installs. Variables are secrets, never build arguments, which stay in the history
 * of an image. A cache that other builds read is mounted only in runs without code of packages. The last stage has only
 * the modules and their bytecode, so that BuildKit sends nothing else back.
 */
export const dockerfile = ({ image, user, environment }: DockerfileOf, downloads: Downloads): string => {
  const owner = user ?? NOBODY;
  const step = (isShared: boolean, ...words: readonly string[]): string =>
    [
      'RUN',
      ...mounts(owner, environment, isShared).map(mountFlag),
      JSON.stringify(['sh', `${tools}/${BUILD_SCRIPT_NAME}`, ...words]),
    ].join(' \\\n    ');
  return [
    `FROM ${image} AS ${STAGE}`,
    'USER 0:0',
    `RUN ["sh", "-c", "mkdir -p ${WRITTEN} && chmod 0777 ${WRITTEN}"]`,
    // Copied, not mounted: builds write beside their sources, and files of a mount belong to root.
    `COPY --chown=${owner} ${CONTEXT_FOLDERS.input}/ ${input}/`,
    `USER ${owner}`,
    ...(downloads === 'wheels' ? [step(true, WHEELS_FIRST)] : []),
    step(downloads === 'shared'),
    'FROM scratch',
    `COPY --from=${STAGE} ${output} /${BUILT.output}`,
    `COPY --from=${STAGE} ${bytecode} /${BUILT.bytecode}`,
    '',
  ].join('\n');
};
