import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { parse, TomlError } from 'smol-toml';
import { memoizeByObject } from '../../values/memoize-by-object';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import type { TomlTable } from '../../values/toml-values';

const messageOf = (error: unknown): string =>
  (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)).replace(
    /^Invalid TOML document: /,
    '',
  );

/**
 * Parses a file as TOML, and caches the result: a lock is read for each target, and its manifest by each of its
 * readers. Errors have the line in the file.
 */
export const parseToml = memoizeByObject(({ file, text }: ProjectFile): Either<PlanError, TomlTable> => {
  try {
    return right(parse(text));
  } catch (error) {
    const line = error instanceof TomlError ? error.line : 1;
    return left({ _tag: 'InvalidDeclaration', file, line, reason: messageOf(error) });
  }
});
