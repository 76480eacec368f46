import type { Either } from 'fp-ts/Either';
import { isLeft, isRight } from 'fp-ts/Either';

/** The errors and the values of results, each in order, so that a message can have all errors. */
export const partitionResults = <E, A>(
  results: readonly Either<E, A>[],
): { readonly errors: readonly E[]; readonly values: readonly A[] } => ({
  errors: results.flatMap((result) => (isLeft(result) ? [result.left] : [])),
  values: results.flatMap((result) => (isRight(result) ? [result.right] : [])),
});
