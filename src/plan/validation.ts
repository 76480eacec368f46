import { sequenceS } from 'fp-ts/Apply';
import * as E from 'fp-ts/Either';
import type { PlanError } from './errors/plan-error';

/** A value, or all that is wrong. */
export type Validation<A> = E.Either<readonly PlanError[], A>;

/**
 * Turns a record of validations into a validation of a record. It collects the errors of all fields, in the order of the
 * fields, where `E.chain` would stop at the first.
 */
export const validateAll = sequenceS(
  E.getApplicativeValidation({
    concat: (a: readonly PlanError[], b: readonly PlanError[]): readonly PlanError[] => [...a, ...b],
  }),
);

/** Valid where there is no error. */
export const validIf = (errors: readonly PlanError[]): Validation<void> =>
  errors.length === 0 ? E.right(undefined) : E.left(errors);
