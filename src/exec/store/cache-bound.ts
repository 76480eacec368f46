import { parseSize } from './amounts';

/** What a store may grow to where nothing else was said, in bytes. */
const DEFAULT_BOUND = 5 * 1024 ** 3;

const VARIABLE = 'CDK_LAMBDA_PYTHON_CACHE_SIZE';

/** How large a store may be. */
interface CacheBound {
  /** In bytes. */
  readonly bytes: number;
  /** What is wrong with the variable that sets it; the default holds then. */
  readonly complaint?: string;
}

/** The bound of the store: `CDK_LAMBDA_PYTHON_CACHE_SIZE`, else 5 GB. */
export const cacheBound = (environment: NodeJS.ProcessEnv): CacheBound => {
  const set = environment[VARIABLE];
  if (set === undefined || set === '') return { bytes: DEFAULT_BOUND };
  const bytes = parseSize(set);
  if (bytes !== undefined) return { bytes };
  return {
    bytes: DEFAULT_BOUND,
    complaint: `${VARIABLE} is "${set}", which is no size such as 500MB or 20GB; the store is kept within 5 GB.`,
  };
};
