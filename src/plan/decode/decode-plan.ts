import * as E from 'fp-ts/Either';
import { BundlePlan } from '../model/bundle-plan';
import type { PlanFieldError } from '../values/field-error';
import { fieldErrorOf } from '../values/field-error';
import { planInconsistencies } from './plan-consistency';

export type { PlanFieldError } from '../values/field-error';

const PLAN_VERSION = 1;

const versionError = (value: unknown): PlanFieldError | undefined => {
  const version =
    typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  return typeof version === 'number' && version !== PLAN_VERSION
    ? {
        path: '/version',
        message: `this plan has version ${version}, this library reads version ${PLAN_VERSION}: it was made by ${version > PLAN_VERSION ? 'a newer' : 'an older'} version of cdk-lambda-python. Run the version of the library that made it`,
      }
    : undefined;
};

/**
 * Reads a plan from parsed JSON. It reports every wrong field by its path, and drops, fixes or runs nothing.
 *
 * @since 0.1.0
 */
export const decodePlan = (value: unknown): E.Either<readonly PlanFieldError[], BundlePlan> => {
  const other = versionError(value);
  if (other !== undefined) return E.left([other]);
  const decoded = BundlePlan.decode(value);
  if (E.isLeft(decoded)) return E.left(decoded.left.map(fieldErrorOf));
  const found = planInconsistencies(decoded.right);
  return found.length === 0 ? decoded : E.left(found);
};

/** The maximum number of error lines. */
const MOST_LINES = 20;

/** The end of a message: why a text is not a plan, and what to do. */
export const WHY_NO_PLAN =
  'The plan may have been changed by hand, or made by another (newer) version of cdk-lambda-python. Synthesize again, or install the version that made it.';

/**
 * Renders the errors as lines, one for each field. Of very many errors, it shows the first.
 *
 * @since 0.1.0
 */
export const showPlanFieldErrors = (errors: readonly PlanFieldError[]): string =>
  [
    ...errors
      .slice(0, MOST_LINES)
      .map(({ path, message }) => `${path === '' ? 'the plan' : briefly(path)}: ${message}`),
    ...(errors.length > MOST_LINES ? [`and ${errors.length - MOST_LINES} more`] : []),
  ].join('\n');

/** Shortens a path, because the author of a plan may have made a key long. */
const briefly = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);
