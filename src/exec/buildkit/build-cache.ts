import * as E from 'fp-ts/Either';
import type { ExecutionError } from '../errors/execution-error';

/** The variable that names a cache of layers for all builders. */
const BUILD_CACHE = 'CDK_LAMBDA_PYTHON_BUILD_CACHE';

/** The placeholder for a set's own name in it: each build replaces the content under a name. */
const SET = '{set}';

/** The cache of one set of modules, in BuildKit's own syntax; undefined without a cache. */
export type CacheOf = (set: string) => string | undefined;

/** The cache from the variable: `type=registry,ref=…:{set}`, or another of BuildKit's kinds. */
export const buildCache = (environment: NodeJS.ProcessEnv): E.Either<ExecutionError, CacheOf> => {
  const given = environment[BUILD_CACHE] ?? '';
  if (given === '') return E.right(() => undefined);
  const isOne = /^type=[a-z0-9]+,/.test(given) && given.includes(SET) && !/[\r\n]/.test(given);
  return isOne ? E.right((set) => given.replaceAll(SET, set)) : E.left({ _tag: 'InvalidBuildCache' });
};
