import { pythonProgram } from './python-program';

/** The name under which {@link bytecodeScript} lies where it is run. */
export const BYTECODE_SCRIPT_NAME = 'bytecode.py';

/** Compiles Python files. */
export const bytecodeScript = pythonProgram('bytecode');
