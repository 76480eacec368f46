import { pythonProgram } from './python-program';

/** The file name of {@link bytecodeScript} where it runs. */
export const BYTECODE_SCRIPT_NAME = 'bytecode.py';

/** The program that compiles Python files. */
export const bytecodeScript = pythonProgram('bytecode');
