import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { assembleLockedSet } from './assemble-locked-set';
import type { LockedPackage, LockedSet, LockQuestion } from './locked-set';
import { separate } from './partition-results';
import { arrayHeaderLines } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt } from '../../values/toml-values';

/** What is wrong with a lock, or with another file that it is read with, at a line. */
export const invalidAt = (file: string, line: number, reason: string): PlanError => ({
  _tag: 'InvalidDeclaration',
  file,
  line,
  reason,
});

/** What is wrong with which package; null where it is the lock or the manifest as a whole. */
export interface PackageError<A> {
  readonly at: A | null;
  readonly reason: string;
}

/** What a project asks for, where its lock does not say it, and nothing else does. */
export const NO_MANIFEST = 'without a pyproject.toml beside it nothing says what is asked for';

/** The packages of a lock that has each as a `[[package]]`. */
export const readPackages = <A>(
  { file, text }: LockQuestion['source'],
  lock: TomlTable,
  read: (table: TomlTable, line: number) => Either<string, A>,
): Either<readonly PlanError[], readonly A[]> => {
  const lines = arrayHeaderLines(text, 'package');
  const { errors, values } = separate(
    tablesAt(lock, 'package').map((table, index) => {
      const line = lines[index] ?? 1;
      const result = read(table, line);
      return isLeft(result) ? left(invalidAt(file, line, result.left)) : result;
    }),
  );
  return errors.length > 0 ? left(errors) : right(values);
};

/** The set of the packages that were selected for a target, with all that is wrong with any of them. */
export const lockedSetOf = <A extends { readonly line: number }>(
  { source, markers }: Pick<LockQuestion, 'source' | 'markers'>,
  selected: Either<readonly PackageError<A>[], readonly A[]>,
  locked: (each: A) => Either<string, LockedPackage>,
  asked: readonly string[],
): Either<readonly PlanError[], LockedSet> => {
  if (isLeft(selected))
    return left(selected.left.map(({ at, reason }) => invalidAt(source.file, at?.line ?? 1, reason)));
  const found = separate(
    selected.right.map((each) => {
      const result = locked(each);
      return isLeft(result) ? left(invalidAt(source.file, each.line, result.left)) : result;
    }),
  );
  const set = assembleLockedSet(source, found.values, asked, markers !== null);
  const errors = [...found.errors, ...(isLeft(set) ? set.left : [])];
  return errors.length > 0 ? left(errors) : set;
};
