import type { BundlePlan } from '../model/bundle-plan';
import type { BytecodePlan } from '../model/bytecode-plan';
import { RECORDS_FOLDER } from '../install/container-install';
import { CONTAINER_FOLDERS } from '../install/docker-argv';
import { BUILT, CONTEXT_FOLDERS } from './dockerfile';
import type { InstallPlan } from '../model/install-plan';

const { input, bytecode: compiled, tools } = CONTAINER_FOLDERS;

/** The stage in which the user's own modules are compiled. */
const STAGE = 'compile';

/** If bytecode is not required, it is left out for an image with another Python. */
const compileStep = ({ mode, tag, prefix, exclude }: BytecodePlan): readonly string[] => {
  const task = { tag, prefix, exclude, root: input, output: compiled };
  const argv = ['python', '-I', '-S', '-B', `${tools}/bytecode.py`, 'tree', JSON.stringify(task)];
  return [
    `RUN --mount=type=bind,from=sources,source=${CONTEXT_FOLDERS.sources},target=${input} --mount=type=bind,from=compiler,target=${tools} \\`,
    `    ${JSON.stringify(mode === 'require' ? argv : ['sh', '-c', '"$@" || true', 'sh', ...argv])}`,
  ];
};

/** The records of a whole build about its install are not part of the bundle. */
const BUILT_STEP = [
  `RUN --mount=type=bind,from=modules,target=${input} \\`,
  `    ${JSON.stringify(['sh', '-c', `cp -R ${input}/${BUILT.bytecode}/. ${compiled} && rm -rf ${compiled}/${RECORDS_FOLDER}`])}`,
];

const copy = (from: string, folder: string, prefix: string): string =>
  `COPY --from=${from} ${JSON.stringify([folder, prefix === '.' ? '/' : `/${prefix}/`])}`;

/**
 * The Dockerfile with which BuildKit assembles a bundle from the contexts `sources`, `compiler` and `modules`. Later
 * files replace earlier ones, and the user's own files come last.
 *
 * @param install the install of the bundle's modules; null for a bundle without modules
 */
export const bundleDockerfile = (
  { image, bytecode, output: { prefix } }: BundlePlan,
  install: InstallPlan | null,
): string => {
  const isWhole = install?.isWhole === true;
  const steps = isWhole ? BUILT_STEP : bytecode === null ? [] : compileStep(bytecode);
  return [
    ...(steps.length === 0
      ? []
      : [`FROM ${image} AS ${STAGE}`, 'USER 0:0', `RUN ["mkdir", "-p", "${compiled}"]`, ...steps]),
    'FROM scratch',
    ...(install === null ? [] : [copy('modules', `/${BUILT.output}/`, prefix)]),
    ...(install === null || isWhole ? [] : [copy('modules', `/${BUILT.bytecode}/`, prefix)]),
    ...(steps.length === 0 ? [] : [copy(STAGE, `${compiled}/`, prefix)]),
    ...(isWhole ? [] : [copy('sources', `/${CONTEXT_FOLDERS.sources}/`, prefix)]),
    '',
  ].join('\n');
};
