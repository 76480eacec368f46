import * as E from 'fp-ts/Either';
import type { ExecutionError } from '../errors/execution-error';

/** The variable that names a cache of layers, which builders share. */
const BUILD_CACHE = 'CDK_LAMBDA_PYTHON_BUILD_CACHE';

/** The place of a set's own name in it: each build replaces what lies under a name. */
const SET = '{set}';

/** The cache of one set of modules, in BuildKit's own words; undefined where there is none. */
export type CacheOf = (set: string) => string | undefined;

/** What a variable says of the cache: `type=registry,ref=…:{set}`, or another of BuildKit's kinds. */
export const buildCache = (environment: NodeJS.ProcessEnv): E.Either<ExecutionError, CacheOf> => {
  const given = environment[BUILD_CACHE] ?? '';
  if (given === '') return E.right(() => undefined);
  const isOne = /^type=[a-z0-9]+,/.test(given) && given.includes(SET) && !/[\r\n]/.test(given);
  return isOne ? E.right((set) => given.replaceAll(SET, set)) : E.left({ _tag: 'InvalidBuildCache' });
};
