import { parseSize } from './amounts';

/** The default size limit of a store, in bytes. */
const DEFAULT_BOUND = 5 * 1024 ** 3;

const VARIABLE = 'CDK_LAMBDA_PYTHON_CACHE_SIZE';

/** The size limit of a store. */
interface CacheBound {
  /** In bytes. */
  readonly bytes: number;
  /** A warning about an invalid variable; the default holds then. */
  readonly complaint?: string;
}

/** The size limit of the store: `CDK_LAMBDA_PYTHON_CACHE_SIZE`, else 5 GB. */
export const cacheBound = (environment: NodeJS.ProcessEnv): CacheBound => {
  const set = environment[VARIABLE];
  if (set === undefined || set === '') return { bytes: DEFAULT_BOUND };
  const bytes = parseSize(set);
  if (bytes !== undefined) return { bytes };
  return {
    bytes: DEFAULT_BOUND,
    complaint: `${VARIABLE} is "${set}", which is not a size such as 500MB or 20GB; the store is kept within 5 GB.`,
  };
};
