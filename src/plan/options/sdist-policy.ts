import { invalidKey, invalidOption } from '../errors/invalid-option';
import type { BundleRequest, SdistPolicy } from '../request/bundle-request';
import { isContainerExecutor } from '../request/bundle-request';
import type { RequirementSet } from '../declarations/sets/requirement-set';
import type { PlanError } from '../errors/plan-error';

/** The context key that says where an app, or a part of its tree, may build. */
export const SDIST_CONTEXT_KEY = 'cdk-lambda-python:sdist';

/** The policies, the strictest first. */
const POLICIES: readonly SdistPolicy[] = ['forbid', 'docker', 'host'];

type Asked = Pick<BundleRequest, 'sdist' | 'executor'>;

/** Where source distributions are built. If everything runs in a container, so do all builds that are not forbidden. */
export const sdistPolicy = ({ sdist, executor }: Asked): SdistPolicy =>
  isContainerExecutor(executor) && sdist !== 'forbid' ? 'docker' : (sdist ?? 'host');

/** The stricter of two policies. An unknown policy stays, so that it is reported. */
export const stricter = (a: SdistPolicy, b: SdistPolicy): SdistPolicy =>
  POLICIES.indexOf(a) < POLICIES.indexOf(b) ? a : b;

const isPolicy = (sdist: string): boolean => POLICIES.some((policy) => policy === sdist);

/** Reports an unknown policy, and a policy that does not fit the executor. */
export const sdistErrors = ({
  sdist,
  sdistKey,
  executor,
}: Asked & Pick<BundleRequest, 'sdistKey'>): readonly PlanError[] => {
  if (sdist === undefined) return [];
  const invalid = (expected: string): readonly PlanError[] => [
    sdistKey === undefined
      ? invalidOption('bundling.sdist', sdist, expected)
      : invalidKey(sdistKey, sdist, expected),
  ];
  if (!isPolicy(sdist)) return invalid('"forbid", "docker" or "host"');
  return sdist === 'docker' && executor === 'host'
    ? invalid('"host" or "forbid" if `bundling.executor` is "host", because no container is used then')
    : [];
};

/** Reports declared requirements that must be built although builds are forbidden. */
export const forbiddenBuilds = (request: Asked, set: RequirementSet | null): readonly PlanError[] =>
  request.sdist !== 'forbid' || set === null
    ? []
    : set.builds.map((build) => ({ _tag: 'BuildForbidden', ...build }));
