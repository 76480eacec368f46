import { validRange } from '@renovatebot/pep440';
import type { PlanError } from '../../errors/plan-error';
import { allowsPython } from '../requirement/specifier';

/** A `requires-python` as written, and its line. */
export interface WrittenPython {
  readonly text: string;
  readonly line: number;
}

/** The specifier to parse: PEP 440 has no empty part, but packaging and uv accept `>=3.9,`. */
const specifierOf = ({ text }: WrittenPython): string => text.replace(/,\s*$/, '');

/** The error of an invalid `requires-python`; undefined for a valid one. */
export const specifierError = (file: string, written: WrittenPython): PlanError | undefined =>
  validRange(specifierOf(written))
    ? undefined
    : {
        _tag: 'InvalidDeclaration',
        file,
        line: written.line,
        reason: `requires-python is ${JSON.stringify(written.text)}, which is not a version specifier`,
      };

/** Whether a minor version, such as `3.13`, is allowed. */
export const allowsMinor = (written: WrittenPython, python: string): boolean =>
  allowsPython(specifierOf(written), python);

/**
 * The errors of a `requires-python`: it is invalid, or excludes the target.
 *
 * @param python - Such as `3.13`; where it is undefined, nothing is checked
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
