import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import { tomlShapeErrors } from './shape-errors';
import type { TomlTable } from '../../values/toml-values';

/** The version in a lock, and the properties of its format. */
interface LockFormat {
  /** The keys of the version. */
  readonly keys: readonly string[];
  readonly version: string;
  readonly isKnown: boolean;
  /** The versions that can be read, in words. */
  readonly known: string;
  /** The command that writes a lock of a known version. */
  readonly command: string;
  readonly shape: t.Decoder<unknown, unknown>;
}

/** Checks that the version of a lock is known, and that its values have the types of its format. */
export const checkedLock = (
  lock: TomlTable,
  source: ProjectFile,
  { keys, version, isKnown, known, command, shape }: LockFormat,
): Either<readonly PlanError[], TomlTable> => {
  const { file, text } = source;
  if (!isKnown)
    return left([{ _tag: 'UnknownLockVersion', file, line: lineOfKey(text, keys), version, known, command }]);
  const odd = tomlShapeErrors(shape, lock, source);
  return odd.length > 0 ? left(odd) : right(lock);
};
