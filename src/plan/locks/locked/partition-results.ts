import type { Either } from 'fp-ts/Either';
import { isLeft, isRight } from 'fp-ts/Either';

/** The errors and the values of some results, each in order: for telling all that is wrong at once. */
export const separate = <E, A>(
  results: readonly Either<E, A>[],
): { readonly errors: readonly E[]; readonly values: readonly A[] } => ({
  errors: results.flatMap((result) => (isLeft(result) ? [result.left] : [])),
  values: results.flatMap((result) => (isRight(result) ? [result.right] : [])),
});
