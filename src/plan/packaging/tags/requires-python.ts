import { validRange } from '@renovatebot/pep440';
import type { PlanError } from '../../errors/plan-error';
import { allowsPython } from '../requirement/specifier';

/** A `requires-python` as it is written, and its line. */
export interface WrittenPython {
  readonly text: string;
  readonly line: number;
}

/** Without empty parts: PEP 440 has none, but packaging and uv accept `>=3.9,`. */
const specifierOf = ({ text }: WrittenPython): string => text.replace(/,\s*$/, '');

/** The error of an invalid `requires-python`; undefined for a valid one. */
export const specifierError = (file: string, written: WrittenPython): PlanError | undefined =>
  validRange(specifierOf(written))
    ? undefined
    : {
        _tag: 'InvalidDeclaration',
        file,
        line: written.line,
        reason: `requires-python is ${JSON.stringify(written.text)}, which is no version specifier`,
      };

/** Whether a minor version, such as `3.13`, is one of those that are allowed. */
export const allowsMinor = (written: WrittenPython, python: string): boolean =>
  allowsPython(specifierOf(written), python);

/**
 * The error of a `requires-python` that is invalid, or does not allow a target.
 *
 * @param python - Such as `3.13`; where it is undefined, nothing is asked
 */
export const pythonErrors = (
  file: string,
  written: WrittenPython,
  python: string | undefined,
): readonly PlanError[] => {
  if (python === undefined) return [];
  const error = specifierError(file, written);
  if (error !== undefined) return [error];
  const { text: requires, line } = written;
  return allowsMinor(written, python) ? [] : [{ _tag: 'PythonNotSupported', file, line, requires, python }];
};
