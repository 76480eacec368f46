import { pythonProgram } from './python-program';

export const moduleLauncher = pythonProgram('run_module');

const searchPath = pythonProgram('search_path');

/**
 * How a program of a plan is started. Python before 3.11 imports from the current folder where it runs a module, and there may be
 * a user's `pip.py`; an isolated one (`-I`) does not, and ignores PYTHONPATH and the like.
 *
 * @example ['python3', '-m', 'uv']
 */
export const isolated = (program: readonly string[]): readonly string[] => {
  const [python = '', flag, module = ''] = program;
  return flag === '-m' ? [...isolatedCode(python, moduleLauncher()), module] : program;
};

/** How a Python runs code. */
export const isolatedCode = (python: string, code: string): readonly string[] => [python, '-I', '-c', code];

/** How a Python prints where it finds modules once it is isolated. */
export const printSearchPath = (python: string): readonly string[] => isolatedCode(python, searchPath());
