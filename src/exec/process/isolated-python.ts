/**
 * Adds the packages of the user's home, where `pip install --user` puts installers: an isolated Python leaves them out, and a
 * virtual environment has none.
 */
export const USER_PACKAGES = `
import os, site, sys
if sys.prefix == sys.base_prefix and not os.environ.get("PYTHONNOUSERSITE") and site.getusersitepackages() not in sys.path:
    sys.path.append(site.getusersitepackages())
`.trim();

/** Runs a module, as `-m` does, but imports nothing from the current folder. */
export const MODULE_LAUNCHER = `
${USER_PACKAGES}
import runpy
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
`.trim();

/**
 * How a program of a plan is started. Python before 3.11 imports from the current folder where it runs a module, and there may be
 * a user's `pip.py`; an isolated one (`-I`) does not, and ignores PYTHONPATH and the like.
 *
 * @example ['python3', '-m', 'uv']
 */
export const isolated = (program: readonly string[]): readonly string[] => {
  const [python = '', flag, module = ''] = program;
  return flag === '-m' ? [...isolatedCode(python, MODULE_LAUNCHER), module] : program;
};

/** How a Python runs code. */
export const isolatedCode = (python: string, code: string): readonly string[] => [python, '-I', '-c', code];
