import { BUILD_SCRIPT_NAME, WHEELS_FIRST } from './build-script';
import { CONTAINER_FOLDERS, CONTAINER_NETRC } from '../install/docker-argv';
import type { DockerInstall } from '../model/install-plan';
import type { Downloads } from './shared-downloads';

/** The name of a secret that is the user's netrc file; no variable has a name like it. */
export const NETRC_SECRET = 'netrc-file';

/** The stage of a Dockerfile in which modules are installed. */
const STAGE = 'install';

/** Where the last stage has what was installed, and its byte code. */
export const BUILT = { output: 'output', bytecode: 'bytecode' } as const;

/**
 * Folders of a build's context. What a user has written lies in one of them, and never at the root: there BuildKit would take
 * a `.dockerignore` among it for its own, and leave files out.
 */
export const CONTEXT_FOLDERS = { input: 'input', tools: 'tools', sources: 'sources' } as const;

/** Who installs, where the user has named nobody: somebody without rights. By number, for any image. */
const NOBODY = '1000:1000';

const { input, output, bytecode, tools, cache } = CONTAINER_FOLDERS;

/** Folders that a build writes to, as the arguments of a command. */
const WRITTEN = [input, output, bytecode, cache].join(' ');

type Mount = readonly (readonly [option: string, value: string])[];

const mountFlag = (mount: Mount): string => `--mount=${mount.map((option) => option.join('=')).join(',')}`;

/**
 * What installers have downloaded, which the builder keeps for each user. By a mode alone it would not be theirs: BuildKit
 * makes it under its umask, which an engine has. One whom only the image knows has none, and writes where others keep it.
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

/** Whoever runs may read a secret: the user may be one that only the image knows by name. */
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

/** What of an install decides its Dockerfile. */
export type DockerfileOf = Pick<DockerInstall, 'image' | 'user' | 'environment'>;

/**
 * The Dockerfile by which BuildKit installs. Variables are secrets, never build arguments: those are kept in the history of
 * an image. A cache that other builds read is mounted only where no code of packages runs. The last stage has the modules and their byte code and nothing else, so that nothing else is sent back.
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
    // Copied and not mounted: builds write beside their sources, and in a mount all belongs to root.
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
