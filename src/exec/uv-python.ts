import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../plan/installer-environment';

const PYTHONS = ['python3', 'python', 'python3.exe', 'python.exe'];

/**
 * The variables that have uv run with a Python of the PATH, or with one that uv has installed. By itself uv first takes a `.venv` of
 * the current folder or of any folder above, where other users or a project may have put a program.
 *
 * uv passes over virtual environments then. Where the first Python of the PATH is in one, the user has activated it: uv is
 * given its path. Any other is found by uv, which passes over what does not run.
 */
export const uvPython = ({ PATH = '', UV_PYTHON }: Values): Readonly<Record<string, string>> => {
  if (UV_PYTHON !== undefined) return {};
  const first = PATH.split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => PYTHONS.map((name) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));
  return first !== undefined && isInVirtualEnvironment(first)
    ? { UV_PYTHON: first }
    : { UV_SYSTEM_PYTHON: '1' };
};

/** @see PEP 405 */
const isInVirtualEnvironment = (python: string): boolean => {
  const folder = path.dirname(python);
  return [folder, path.dirname(folder)].some((parent) => fs.existsSync(path.join(parent, 'pyvenv.cfg')));
};
