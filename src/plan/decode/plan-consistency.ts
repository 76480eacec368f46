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
 * Checks a plan between fields, which shapes cannot express. A field that follows from others must have that value, so
 * a plan cannot bring its own installer command, file or hash. It can have the user's commands (hooks, a container's
 * command), which its hash covers.
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

/** A run replaces an existing output, so the output's name must be that of a bundle. */
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
      `${brief(output.prefix)} is not a folder inside the bundle on every system`,
    ),
  ];
};

/** On other systems a Windows path is relative to the current folder. */
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
    ? [{ path: '/entry/path', message: `${brief(entry.path)} is an included file` }]
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
      `must be ${brief(from)}, got ${brief(path)}: only the entry may have a different path`,
    ),
  ),
];

/**
 * Hashes use the runtime of the given name instead of the plan's runtime fields, so that a wrong field gives one error.
 */
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
