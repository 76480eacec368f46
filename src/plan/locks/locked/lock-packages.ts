import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { assembleLockedSet } from './assemble-locked-set';
import type { LockedPackage, LockedSet, LockQuestion } from './locked-set';
import { partitionResults } from './partition-results';
import { arrayHeaderLines } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt } from '../../values/toml-values';

/** An error at a line of a lock, or of another file that is read with it. */
export const invalidAt = (file: string, line: number, reason: string): PlanError => ({
  _tag: 'InvalidDeclaration',
  file,
  line,
  reason,
});

/** An error of a package; `at` is null for the lock or the manifest as a whole. */
export interface PackageError<A> {
  readonly at: A | null;
  readonly reason: string;
}

/** The error of a lock that does not have the project's own dependencies, without a manifest. */
export const NO_MANIFEST =
  'it has no pyproject.toml beside it, which would list the dependencies of the project';

/** Reads the packages of a lock with `[[package]]` tables. */
export const readPackages = <A>(
  { file, text }: LockQuestion['source'],
  lock: TomlTable,
  read: (table: TomlTable, line: number) => Either<string, A>,
): Either<readonly PlanError[], readonly A[]> => {
  const lines = arrayHeaderLines(text, 'package');
  const { errors, values } = partitionResults(
    tablesAt(lock, 'package').map((table, index) => {
      const line = lines[index] ?? 1;
      const result = read(table, line);
      return isLeft(result) ? left(invalidAt(file, line, result.left)) : result;
    }),
  );
  return errors.length > 0 ? left(errors) : right(values);
};

/** The set of the packages selected for a target, or the errors of all packages. */
export const lockedSetOf = <A extends { readonly line: number }>(
  { source, markers }: Pick<LockQuestion, 'source' | 'markers'>,
  selected: Either<readonly PackageError<A>[], readonly A[]>,
  locked: (each: A) => Either<string, LockedPackage>,
  asked: readonly string[],
): Either<readonly PlanError[], LockedSet> => {
  if (isLeft(selected))
    return left(selected.left.map(({ at, reason }) => invalidAt(source.file, at?.line ?? 1, reason)));
  const found = partitionResults(
    selected.right.map((each) => {
      const result = locked(each);
      return isLeft(result) ? left(invalidAt(source.file, each.line, result.left)) : result;
    }),
  );
  const set = assembleLockedSet(source, found.values, asked, markers !== null);
  const errors = [...found.errors, ...(isLeft(set) ? set.left : [])];
  return errors.length > 0 ? left(errors) : set;
};
