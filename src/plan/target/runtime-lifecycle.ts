import type { PythonRuntime } from './python-runtime';

/** The days (RFC 3339) on which AWS ends parts of its support for a runtime. */
interface Lifecycle {
  /** AWS no longer fixes the runtime. */
  readonly deprecated: string;
  /** AWS no longer creates functions on it. */
  readonly noCreate: string;
  /** AWS no longer updates functions on it. */
  readonly noUpdate: string;
}

/**
 * What AWS has announced, as its page had it on 2026-07-22: by then it had put off the block of new functions on 3.8, 3.9 and
 * 3.10 (31 August and 30 November 2026 before) to 1 February 2027.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const LIFECYCLES: Readonly<Record<string, Lifecycle>> = {
  'python3.6': { deprecated: '2022-07-18', noCreate: '2022-07-18', noUpdate: '2022-08-29' },
  'python3.7': { deprecated: '2023-12-04', noCreate: '2024-01-09', noUpdate: '2027-03-03' },
  'python3.8': { deprecated: '2024-10-14', noCreate: '2027-02-01', noUpdate: '2027-03-03' },
  'python3.9': { deprecated: '2025-12-15', noCreate: '2027-02-01', noUpdate: '2027-03-03' },
  'python3.10': { deprecated: '2026-10-31', noCreate: '2027-02-01', noUpdate: '2027-03-03' },
  'python3.11': { deprecated: '2027-06-30', noCreate: '2027-07-31', noUpdate: '2027-08-31' },
  'python3.12': { deprecated: '2028-10-31', noCreate: '2028-11-30', noUpdate: '2029-01-10' },
  'python3.13': { deprecated: '2029-06-30', noCreate: '2029-07-31', noUpdate: '2029-08-31' },
  'python3.14': { deprecated: '2029-06-30', noCreate: '2029-07-31', noUpdate: '2029-08-31' },
};

/** The day of this table. A plan does not look at the clock: the same project has the same runtime with a version of this library. */
const AS_OF = '2026-11-30';

/** The day since which AWS creates no functions on a runtime; undefined where it does. */
export const retiredSince = ({ name }: Pick<PythonRuntime, 'name'>): string | undefined => {
  const day = LIFECYCLES[name]?.noCreate;
  return day !== undefined && day <= AS_OF ? day : undefined;
};
