import type { BundleRequest, SdistPolicy } from './request/bundle-request';
import type { TargetRuntime } from './model/bundle-plan';
import { memoizeByObject } from './values/memoize-by-object';
import type { BytecodePlan } from './model/bytecode-plan';
import type { DeclaredContent } from './model/declared-content';
import { declaredContent } from './declared-by-app';
import { dockerInstall } from './install/container-install';
import { hostInstall } from './install/installer-argv';
import { installChoice } from './target/install-choice';
import type { InstallPlan } from './model/install-plan';
import { momentOf } from './values/moment';
import type { PythonRuntime } from './target/python-runtime';
import { sdistPolicy } from './options/sdist-policy';
import type { SourceSnapshot } from './model/source-snapshot';
import type { RequirementSet } from './declarations/sets/requirement-set';
import { holdsPackage, isWhole } from './install/whole-build';

/** The facts, besides the requirement set, that decide how its modules are installed. */
interface Options extends Pick<BundleRequest, 'executor' | 'docker' | 'hooks' | 'installer'> {
  readonly sdist: SdistPolicy;
  readonly runtime: PythonRuntime;
  readonly architecture: TargetRuntime['architecture'];
  readonly image: string;
  readonly bytecode: BytecodePlan | null;
  readonly omit: readonly string[];
  readonly exclude: readonly string[];
  readonly declared: DeclaredContent;
  readonly resolvedAsOf: string | null;
}

/** Plans how the modules are installed. */
export const planInstall = (
  request: BundleRequest,
  set: RequirementSet,
  runtime: PythonRuntime,
  { architecture }: TargetRuntime,
  image: string,
  bytecode: BytecodePlan | null,
  snapshot: Pick<SourceSnapshot, 'indexes' | 'mounts'> = {},
): InstallPlan => {
  const { executor, docker, hooks, dependencies } = request;
  const { omit, exclude } = dependencies;
  const options: Options = {
    executor,
    sdist: sdistPolicy(request),
    ...installChoice({ installer: request.installer }),
    docker,
    hooks,
    runtime,
    architecture,
    image,
    bytecode,
    omit,
    exclude,
    declared: declaredContent(request, set, snapshot),
    resolvedAsOf: askedAsOf(set, dependencies),
  };
  const plans = plansOf(set);
  const key = JSON.stringify(options);
  const install = plans.get(key) ?? installPlan(set, options);
  plans.set(key, install);
  return install;
};

/** A lock already fixes the versions, and without requirements no index is asked. */
const askedAsOf = (
  { isLocked, requirements }: RequirementSet,
  { resolvedAsOf }: BundleRequest['dependencies'],
): string | null =>
  resolvedAsOf === undefined || isLocked || requirements.length === 0 ? null : momentOf(resolvedAsOf);

/** The install plans of a requirement set, by options. Most functions that share the set also share the plan. */
const plansOf = memoizeByObject((_: RequirementSet) => new Map<string, InstallPlan>());

const installPlan = (set: RequirementSet, { omit, exclude, ...options }: Options): InstallPlan => {
  const { executor, sdist, docker, hooks, runtime, architecture, image, bytecode } = options;
  const { resolvedAsOf, declared, installer } = options;
  const { declaration, inputs, generated, requirements, workingDirectory, isLocked } = set;
  const { isHashed, isExact, mayBeEmpty } = set;
  const choice = installChoice({ ...set, installer });
  return {
    executor,
    sdist,
    declaration,
    inputs,
    generated,
    requirements,
    isLocked,
    isHashed,
    isExact,
    resolvedAsOf,
    leftOut: { omit, requested: omit.length === 0 ? [] : set.requested, exclude },
    declared,
    hooks,
    isWhole: isWhole({ hooks, docker }),
    workingDirectory,
    mayBeEmpty,
    ...(set.git === undefined ? {} : { git: set.git }),
    ...(set.runs === undefined ? {} : { runs: set.runs }),
    ...(set.credentials === undefined ? {} : { credentials: set.credentials }),
    ...(set.furtherIndexes === undefined ? {} : { furtherIndexes: set.furtherIndexes }),
    ...(set.pinned === undefined ? {} : { pinned: set.pinned }),
    ...(set.uv === undefined ? {} : { uv: set.uv }),
    ...choice,
    host: hostInstall(runtime, architecture, { ...set, ...choice, sdist, resolvedAsOf }),
    docker: dockerInstall(
      architecture,
      docker,
      image,
      {
        ...set,
        ...choice,
        runtime,
        // The time of the commit, which may be part of a version.
        environment: [...set.environment, ...(set.git === undefined ? [] : ['SOURCE_DATE_EPOCH'])],
        sdist,
        resolvedAsOf,
        hooks,
        buildsInput: holdsPackage(inputs),
      },
      bytecode,
    ),
  };
};
