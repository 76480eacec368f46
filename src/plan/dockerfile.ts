import { BUILD_SCRIPT_NAME } from './build-script';
import { CONTAINER_FOLDERS, CONTAINER_NETRC } from './docker-argv';
import type { DockerInstall } from './install-plan';

/** The name of a secret that is the user's netrc file; no variable has a name like it. */
export const NETRC_SECRET = 'netrc-file';

/** The stage of a Dockerfile in which modules are installed. */
const STAGE = 'install';

/** Where the last stage has what was installed, and its byte code. */
export const BUILT = { output: 'output', bytecode: 'bytecode' } as const;

/**
 * How a build finds the gathered inputs and the tools: as folders of its context, or as contexts of their own by those names,
 * which BuildKit knows from 0.10 on.
 */
export type BuildContexts = 'folders' | 'named';

/** Who installs, where the user has named nobody: somebody without rights. By number, for any image. */
const NOBODY = '1000:1000';

const { input, output, bytecode, tools, cache } = CONTAINER_FOLDERS;

type Mount = readonly (readonly [option: string, value: string] | string)[];

const mountFlag = (mount: Mount): string =>
  `--mount=${mount.map((option) => (typeof option === 'string' ? option : option.join('='))).join(',')}`;

/**
 * Whoever runs may read a secret and write to the cache: the user may be one that only the image knows by name. The cache is
 * that of the builder.
 */
const mounts = (docker: DockerfileOf, contexts: BuildContexts): readonly Mount[] => {
  const bound = (name: string, target: string): Mount => [
    ['type', 'bind'],
    [contexts === 'named' ? 'from' : 'source', name],
    ['target', target],
  ];
  const isRead = docker.mounts.some(({ source, readOnly }) => source === 'input' && readOnly);
  return [
    // What is written beside the inputs is thrown away.
    [...bound('input', input), ...(isRead ? [] : ['rw'])],
    bound('tools', tools),
    [
      ['type', 'cache'],
      ['id', 'cdk-lambda-python'],
      ['target', cache],
      ['mode', '0777'],
    ],
    ...docker.environment.map((name): Mount => [
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
};

/** What of an install decides its Dockerfile. */
export type DockerfileOf = Pick<DockerInstall, 'image' | 'user' | 'network' | 'mounts' | 'environment'>;

/**
 * The Dockerfile by which BuildKit installs. Variables are secrets, never build arguments: those are kept in the history of
 * an image. The last stage has the modules and their byte code and nothing else, so that nothing else is sent back.
 */
export const dockerfile = (docker: DockerfileOf, contexts: BuildContexts): string =>
  [
    `FROM ${docker.image} AS ${STAGE}`,
    'USER 0:0',
    `RUN ["sh", "-c", "mkdir -p ${output} ${bytecode} && chmod 0777 ${output} ${bytecode}"]`,
    `USER ${docker.user ?? NOBODY}`,
    [
      'RUN',
      ...(docker.network === null ? [] : [`--network=${docker.network}`]),
      ...mounts(docker, contexts).map(mountFlag),
      JSON.stringify(['sh', `${tools}/${BUILD_SCRIPT_NAME}`]),
    ].join(' \\\n    '),
    'FROM scratch',
    `COPY --from=${STAGE} ${output} /${BUILT.output}`,
    `COPY --from=${STAGE} ${bytecode} /${BUILT.bytecode}`,
    '',
  ].join('\n');
