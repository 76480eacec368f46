import { satisfies, validRange } from '@renovatebot/pep440';
import type { PythonRuntime } from './python-runtime';
import { pythonRuntimes } from './python-runtime';

/** Lambda keeps the patch level of a Python current, so any one that a specifier takes will do. */
const PATCHES = ['0', '99'];

/**
 * Whether a minor version of Python, such as `3.13`, is one that a `requires-python` takes (PEP 440). One that does not
 * parse takes none.
 */
export const takesPython = (specifier: string, python: string): boolean =>
  specifier.trim() === '' ||
  (validRange(specifier) &&
    PATCHES.some((patch) => satisfies(`${python}.${patch}`, specifier, { prereleases: true })));

/**
 * The oldest runtime that a `requires-python` takes: the newest would be another one with every version of this library.
 */
export const oldestRuntime = (specifier: string): PythonRuntime | undefined =>
  pythonRuntimes.find(({ python }) => takesPython(specifier, python));
