import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';

const PYTHONS = ['python3', 'python', 'python3.exe', 'python.exe'];

/**
 * The variables that make uv run with a Python of the PATH, or with one that uv has installed. By default uv first
 * takes a `.venv` of the current folder or of any folder above, where other users or a project may have put a program.
 *
 * With these variables uv skips virtual environments. If the first Python of the PATH is in one, the user has activated
 * it, so `UV_PYTHON` names it. If uv is a module of a Python, `UV_PYTHON` names that Python. uv finds any other Python
 * itself, and skips those that do not run.
 *
 * @param program how uv is started, such as `['python3', '-m', 'uv']`
 */
export const uvPython = (
  { PATH = '', UV_PYTHON }: Values,
  [name = '', ...module]: readonly string[],
): Readonly<Record<string, string>> => {
  const isModule = module.length > 0;
  const first = firstOnPath(PATH, isModule ? [name, `${name}.exe`] : PYTHONS);
  const given = first !== undefined && (isModule || isInVirtualEnvironment(first)) ? first : undefined;
  const chosen = UV_PYTHON ?? given;
  return { UV_SYSTEM_PYTHON: '1', ...(chosen === undefined ? {} : { UV_PYTHON: chosen }) };
};

const firstOnPath = (searchPath: string, names: readonly string[]): string | undefined =>
  searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));

/** Absolute path of the Python that uv probably runs with. */
export const likelyPython = ({ PATH = '', UV_PYTHON }: Values): string | undefined =>
  UV_PYTHON ?? firstOnPath(PATH, PYTHONS);

/** @see PEP 405 */
const isInVirtualEnvironment = (python: string): boolean => {
  const folder = path.dirname(python);
  return [folder, path.dirname(folder)].some((parent) => fs.existsSync(path.join(parent, 'pyvenv.cfg')));
};
