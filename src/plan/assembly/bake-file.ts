import { invalidOption } from '../errors/invalid-option';
import { dockerPlatformOf } from '../target/architecture';
import type { BundlePlan } from '../model/bundle-plan';
import { bundleDockerfile } from './bundle-dockerfile';
import { buildSecrets, buildxCacheTo, localOutput, networkEntitlements } from './buildx-argv';
import { dockerfile } from './dockerfile';
import { requestedOptions } from '../options/docker-options';
import { executorErrors } from '../options/executor-options';
import type { InstallPlan } from '../model/install-plan';
import type { PlanError } from '../errors/plan-error';
import { downloadsOf } from './shared-downloads';

/**
 * A target of `docker buildx bake`, as far as this library writes one (Docker's "Bake file reference").
 *
 * @since 0.1.0
 */
interface BakeTarget {
  readonly context: string;
  readonly contexts: Readonly<Record<string, string>>;
  readonly 'dockerfile-inline': string;
  readonly platforms: readonly string[];
  readonly attest: readonly string[];
  readonly network?: string;
  readonly entitlements?: readonly string[];
  readonly secret?: readonly string[];
  readonly 'cache-from'?: readonly string[];
  readonly 'cache-to'?: readonly string[];
  readonly output: readonly string[];
}

/**
 * What `docker buildx bake` reads: a target for each distinct set of modules, and one for each bundle.
 *
 * @since 0.1.0
 */
export interface BakeFile {
  readonly group: Readonly<Record<string, { readonly targets: readonly string[] }>>;
  readonly target: Readonly<Record<string, BakeTarget>>;
}

/** Why a plan cannot be built by BuildKit: its container asks for what no builder has. */
export const bakeErrors = (plan: BundlePlan): readonly PlanError[] => {
  const { install, image } = plan;
  if (install === null) return [];
  return install.executor === 'host'
    ? [
        invalidOption(
          'bundling.executor',
          install.executor,
          '"buildkit", "docker" or "auto", as a bake file installs in containers',
        ),
      ]
    : executorErrors({ executor: 'buildkit', docker: { ...requestedOptions(install.docker), image } });
};

/** Where a bake file finds what it needs, and leaves what it makes: paths as seen from where it is run. */
export interface BakePlaces {
  /** The folder of the contexts. */
  readonly contexts: string;
  /** The folder that modules and bundles are written to. */
  readonly built: string;
  /** Whether a variable has a value there. */
  readonly isSet: (name: string) => boolean;
  /** Path of a netrc file. @default there is none */
  readonly netrc?: string;
  /** The cache of layers of a set of modules. @default there is none */
  readonly cacheOf?: (set: string) => string | undefined;
}

/** Folders beside the plans of an assembly: what builds are sent, and what comes back. */
export const BAKE_FOLDERS = { contexts: 'contexts', built: 'built' } as const;

/** Characters of a hash that are enough to tell targets of one app apart. */
const SHORT = 16;

/** The set of modules that lies in a plan's bundle; null where there is none. */
export const setIn = ({
  install,
  dependenciesIn,
  hash,
}: BundlePlan): { readonly install: InstallPlan; readonly key: string } | null =>
  install === null || hash.dependencies === null || dependenciesIn !== 'bundle'
    ? null
    : { install, key: hash.dependencies };

/** The context of the tools that all bundles share; that of a set is called as its key, that of a bundle as its asset. */
export const COMPILER_CONTEXT = 'compiler';

const modulesTarget = (key: string): string => `modules-${key.slice(0, SHORT)}`;

const bundleTarget = (asset: string): string => `bundle-${asset.slice(0, SHORT)}`;

/** Nothing of a build is attested: what would attest it would lie among its files. */
const NO_ATTESTATIONS = ['type=provenance,disabled=true', 'type=sbom,disabled=true'];

const modulesOf = (
  { install, plan }: { readonly install: InstallPlan; readonly plan: BundlePlan },
  key: string,
  places: BakePlaces,
): BakeTarget => {
  const { docker } = install;
  const cache = places.cacheOf?.(key);
  const entitlements = networkEntitlements(docker);
  const secret = buildSecrets(docker.environment.filter(places.isSet), places.netrc);
  return {
    context: `${places.contexts}/${key}`,
    contexts: {},
    'dockerfile-inline': dockerfile(docker, downloadsOf(install, plan)),
    platforms: [docker.platform],
    attest: NO_ATTESTATIONS,
    ...(docker.network === null ? {} : { network: docker.network }),
    ...(entitlements.length === 0 ? {} : { entitlements }),
    ...(secret.length === 0 ? {} : { secret }),
    ...(cache === undefined ? {} : { 'cache-from': [cache], 'cache-to': [buildxCacheTo(cache)] }),
    output: [localOutput(`${places.built}/${key}`)],
  };
};

const bundleOf = (plan: BundlePlan, places: BakePlaces): BakeTarget => {
  const set = setIn(plan);
  const sources = `${places.contexts}/${plan.hash.asset}`;
  return {
    context: sources,
    contexts: {
      sources,
      ...(plan.bytecode === null ? {} : { compiler: `${places.contexts}/${COMPILER_CONTEXT}` }),
      ...(set === null ? {} : { modules: `target:${modulesTarget(set.key)}` }),
    },
    'dockerfile-inline': bundleDockerfile(plan, set?.install ?? null),
    platforms: [set?.install.docker.platform ?? dockerPlatformOf(plan.runtime.architecture)],
    attest: NO_ATTESTATIONS,
    output: [localOutput(`${places.built}/asset.${plan.hash.asset}`)],
  };
};

/** The plans of an app as a bake file. What is built of a set of modules is built once, for all bundles that have it. */
export const bakeFile = (plans: readonly BundlePlan[], places: BakePlaces): BakeFile => {
  const sets = new Map(
    plans.flatMap((plan) => {
      const set = setIn(plan);
      return set === null ? [] : [[set.key, { install: set.install, plan }] as const];
    }),
  );
  const modules = [...sets].map(([key, set]) => [modulesTarget(key), modulesOf(set, key, places)] as const);
  const bundles = plans.map((plan) => [bundleTarget(plan.hash.asset), bundleOf(plan, places)] as const);
  const names = (targets: readonly (readonly [string, BakeTarget])[]) => ({
    targets: targets.map(([name]) => name),
  });
  return {
    group: { default: { targets: ['bundles'] }, modules: names(modules), bundles: names(bundles) },
    target: Object.fromEntries([...modules, ...bundles]),
  };
};
