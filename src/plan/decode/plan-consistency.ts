import * as path from 'node:path';
import type { BundlePlan } from '../model/bundle-plan';
import { bundleName } from '../model/bundle-name';
import { inLayer, planBytecode } from '../model/bytecode-plan';
import type { PlanFieldError } from '../values/field-error';
import { brief, differences } from '../values/field-error';
import { installInconsistencies } from './install-consistency';
import { MAXIMUM_SIZE } from '../target/maximum-size';
import { NO_OTHER_TARGETS } from '../target/other-targets';
import { prefixErrors } from '../options/output-prefix';
import { repeated, wrong } from '../values/path-collisions';
import { bytecodeHash, contentHash, dependenciesHash } from '../parts/plan-hash';
import { findRuntime } from '../target/python-runtime';
import { runtimeOf } from '../runtime/target-runtime';

/**
 * What shapes cannot say of a plan. What follows from other fields must be what they give: a plan cannot carry a
 * command of an installer, a file or a hash of its own. Commands of the user's (hooks, a container's own) it can, and
 * its hash names them.
 */
export const planInconsistencies = (plan: BundlePlan): readonly PlanFieldError[] => [
  ...runtimeInconsistencies(plan),
  ...entryInconsistencies(plan),
  ...targetInconsistencies(plan),
  ...sourceInconsistencies(plan),
  ...wrong(
    plan.output.maximumSize <= MAXIMUM_SIZE,
    '/output/maximumSize',
    `must be at most ${MAXIMUM_SIZE}, got ${plan.output.maximumSize}`,
  ),
  ...outputInconsistencies(plan),
  ...bytecodeInconsistencies(plan),
  ...(plan.install === null ? [] : installInconsistencies(plan.install, plan)),
  ...hashInconsistencies(plan),
];

const runtimeInconsistencies = ({ runtime }: BundlePlan): readonly PlanFieldError[] => {
  const known = findRuntime(runtime.name);
  return known?.name === runtime.name
    ? differences(runtime, runtimeOf(known, runtime.architecture, runtime.source), '/runtime')
    : [{ path: '/runtime/name', message: `${brief(runtime.name)} is not a Python runtime of Lambda` }];
};

const bytecodeInconsistencies = ({ bytecode, runtime, kind }: BundlePlan): readonly PlanFieldError[] => {
  const known = findRuntime(runtime.name);
  return bytecode === null || known === undefined
    ? []
    : differences(bytecode, planBytecode(bytecode.mode, known, kind), '/bytecode');
};

const targetInconsistencies = ({
  kind,
  alsoFor,
  dependenciesIn,
  output,
}: BundlePlan): readonly PlanFieldError[] => [
  ...(dependenciesIn === 'layer' ? differences(output.sbom, false, '/output/sbom') : []),
  ...(kind === 'function' ? differences(alsoFor, NO_OTHER_TARGETS, '/alsoFor') : []),
  ...(kind === 'layer' ? differences(dependenciesIn, 'bundle', '/dependenciesIn') : []),
];

/** What is there already is replaced, so a plan may only name what is a bundle by its name. */
const outputInconsistencies = ({ output, hash }: BundlePlan): readonly PlanFieldError[] => {
  const name = bundleName(hash.asset, output.packaging);
  return [
    ...wrong(
      isAbsoluteHere(output.path) && path.basename(output.path) === name,
      '/output/path',
      `must be an absolute path of this machine that ends in ${name}, got ${brief(output.path)}`,
    ),
    ...wrong(
      prefixErrors({ prefix: output.prefix }).length === 0,
      '/output/prefix',
      `${brief(output.prefix)} is no folder of a bundle on every system`,
    ),
  ];
};

/** On another system a path of Windows is a relative one, of the folder that the run happens to be started in. */
const isAbsoluteHere = (file: string): boolean =>
  path.isAbsolute(file) && !file.split(/[\\/]/).includes('..');

const slashed = (path: string): string => path.replaceAll('\\', '/').replace(/\/$/, '');

const entryInconsistencies = ({ kind, entry, handler, sources }: BundlePlan): readonly PlanFieldError[] => {
  if (kind === 'layer') {
    return [...differences(entry.path, null, '/entry/path'), ...differences(handler, null, '/handler')];
  }
  if (entry.path === null) return [{ path: '/entry/path', message: 'a function must have one' }];
  if (handler === null) return [{ path: '/handler', message: 'a function must have one' }];
  const source = sources.find(({ path }) => path === entry.path);
  return source?.folder !== undefined
    ? [{ path: '/entry/path', message: `${brief(entry.path)} is a file that is included` }]
    : source === undefined
      ? [{ path: '/entry/path', message: `${brief(entry.path)} is not the path of a source` }]
      : wrong(
          slashed(entry.file) === slashed(`${slashed(entry.root)}/${source.from}`),
          '/entry/file',
          `is not the source ${brief(source.from)} of the root`,
        );
};

const sourceInconsistencies = ({ entry, sources }: BundlePlan): readonly PlanFieldError[] => [
  ...repeated(sources, (index) => `/sources/${index}`),
  ...sources.flatMap(({ from, path, folder }, index) =>
    wrong(
      from === path || path === entry.path || folder !== undefined,
      `/sources/${index}/path`,
      `must be ${brief(from)}, got ${brief(path)}: only the entry may have another path than its own`,
    ),
  ),
];

/** Hashes of what the runtime and the image give, so that one wrong field is not told as two. */
const hashInconsistencies = ({
  hash,
  install,
  bytecode,
  runtime,
  image,
  sources,
  dependenciesIn,
  alsoFor,
  output,
}: BundlePlan): readonly PlanFieldError[] => {
  const known = findRuntime(runtime.name);
  const dependencies =
    install === null || known === undefined
      ? null
      : dependenciesHash(install, runtimeOf(known, runtime.architecture, runtime.source), image, sources);
  return [
    ...differences(hash.dependencies, dependencies, '/hash/dependencies'),
    ...differences(
      hash.bytecode,
      dependencies === null || bytecode === null
        ? null
        : bytecodeHash(dependencies, dependenciesIn === 'layer' ? inLayer(bytecode) : bytecode),
      '/hash/bytecode',
    ),
    ...differences(
      hash.content,
      contentHash(
        dependenciesIn === 'bundle' ? hash.dependencies : null,
        bytecode,
        output.prefix,
        sources,
        alsoFor,
      ),
      '/hash/content',
    ),
  ];
};
