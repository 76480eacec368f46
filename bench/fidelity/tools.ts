import * as path from 'node:path';
import { ask, run } from '../run';
import { findPython, installed } from '../tools';

/** The newest of each at the time of writing; the report names what was used. */
const PIP = '26.3';
const CHECKERS = ['packaging==26.3', 'pyelftools==0.33'];

/** Python that runs the oracle and the checks, and has the newest pip. */
const PYTHON = '3.11';

const venv = (name: string, requirements: readonly string[]): string =>
  path.join(
    installed(name, requirements.join(' '), (folder) => {
      const here = (argv: readonly string[]): unknown => run({ argv, cwd: folder, environment: process.env });
      here([findPython(PYTHON), '-m', 'venv', folder]);
      here([path.join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', ...requirements]);
    }),
    'bin',
  );

/** Folder with a `python` that has the newest pip, and what the checks of a bundle need. */
export const pipFolder = (): string => venv('fidelity-pip', [`pip==${PIP}`, ...CHECKERS]);

/** The newest PDM, which breaks with the newest hishel. */
export const pdmProgram = (): string => path.join(venv('fidelity-pdm', ['pdm==2.29.4', 'hishel<2']), 'pdm');

export const poetryProgram = (): string =>
  path.join(venv('fidelity-poetry', ['poetry==2.5.1', 'poetry-plugin-export']), 'poetry');

/** Where an interpreter of a version is on this machine; undefined where there is none. */
export const interpreterOf = (python: string): string | undefined => {
  try {
    return findPython(python);
  } catch {
    return undefined;
  }
};

export const versionOf = (argv: readonly string[]): string | undefined =>
  ask(argv)?.match(/\d+(\.\d+)+/)?.[0];
