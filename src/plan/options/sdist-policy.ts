import { invalidKey, invalidOption } from '../errors/invalid-option';
import type { BundleRequest, SdistPolicy } from '../request/bundle-request';
import { isContainerExecutor } from '../request/bundle-request';
import type { RequirementSet } from '../declarations/sets/requirement-set';
import type { PlanError } from '../errors/plan-error';

/** The context key that says where a whole app, or a part of its tree, may build. */
export const SDIST_CONTEXT_KEY = 'cdk-lambda-python:sdist';

/** From the strictest on. */
const POLICIES: readonly SdistPolicy[] = ['forbid', 'docker', 'host'];

type Asked = Pick<BundleRequest, 'sdist' | 'executor'>;

/** Where what has no wheel is built. All that is not forbidden is in a container where everything is. */
export const sdistPolicy = ({ sdist, executor }: Asked): SdistPolicy =>
  isContainerExecutor(executor) && sdist !== 'forbid' ? 'docker' : (sdist ?? 'host');

/** The stricter of two policies. What is none stays, so that it is told. */
export const stricter = (a: SdistPolicy, b: SdistPolicy): SdistPolicy =>
  POLICIES.indexOf(a) < POLICIES.indexOf(b) ? a : b;

const isPolicy = (sdist: string): boolean => POLICIES.some((policy) => policy === sdist);

/** What no policy can be. */
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
    ? invalid('"host" or "forbid" where `bundling.executor` is "host", as no container is used then')
    : [];
};

/** What must be built where nothing may be, as far as the declaration tells. */
export const forbiddenBuilds = (request: Asked, set: RequirementSet | null): readonly PlanError[] =>
  request.sdist !== 'forbid' || set === null
    ? []
    : set.builds.map((build) => ({ _tag: 'BuildForbidden', ...build }));
