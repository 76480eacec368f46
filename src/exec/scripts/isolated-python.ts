import { pythonProgram } from './python-program';

export const moduleLauncher = pythonProgram('run_module');

const searchPath = pythonProgram('search_path');

/**
 * The command that starts a program of a plan. Python before 3.11 imports from the current folder if it runs a module,
 * and a user may have a `pip.py` there. An isolated Python (`-I`) does not, and ignores variables like PYTHONPATH.
 *
 * @example ['python3', '-m', 'uv']
 */
export const isolated = (program: readonly string[]): readonly string[] => {
  const [python = '', flag, module = ''] = program;
  return flag === '-m' ? [...isolatedCode(python, moduleLauncher()), module] : program;
};

/** The command that runs code with an isolated Python. */
export const isolatedCode = (python: string, code: string): readonly string[] => [python, '-I', '-c', code];

/** The command by which a Python prints the folders of its modules while it is isolated. */
export const printSearchPath = (python: string): readonly string[] => isolatedCode(python, searchPath());
