import * as t from 'io-ts';
import type { BytecodeMode } from '../request/bundle-request';
import { AbsolutePath, closed, list, PlainArgument } from '../values/codecs';
import type { PythonRuntime } from '../target/python-runtime';
import { minorOf } from '../target/python-runtime';

/**
 * Bytecode that Lambda loads. A Python of the target's minor version compiles it, and it is valid whatever the time
 * stamp of its source (PEP 552, unchecked hash). Ordinary bytecode contains the time stamp of its source, and
 * publishing sets every file's time stamp to 1980-01-01: Python would compile again at every cold start.
 *
 * @since 0.1.0
 */
export interface BytecodePlan {
  /** Whether bytecode is required, or left out if no such Python is available. */
  readonly mode: Exclude<BytecodeMode, 'off'>;
  /** Python's tag for its bytecode, which is part of the files' names: `cpython-313` (PEP 3147). */
  readonly tag: string;
  /**
   * The folder of the code in Lambda. Bytecode contains its source's path, which would otherwise be one of the build.
   */
  readonly prefix: string;
  /** Names of folders without bytecode: Python compiles modules that only tests import when it imports them. */
  readonly exclude: readonly string[];
}

/**
 * The folders into which Lambda unpacks a function's code and a layer's modules (Lambda developer guide, "Python
 * handler" and "Packaging your layer content").
 */
const ROOTS = { function: '/var/task', layer: '/opt/python' } as const;

const TESTS: readonly string[] = ['test', 'tests'];

/** Python 3.6 has only bytecode with time stamps. */
const FIRST_MINOR = 7;

/** Whether a Python can read bytecode without a time stamp. */
export const hasHashedBytecode = (runtime: PythonRuntime): boolean => minorOf(runtime) >= FIRST_MINOR;

/** The bytecode of a bundle; null if it is switched off, or the runtime could not read it. */
export const planBytecode = (
  mode: BytecodeMode,
  runtime: PythonRuntime,
  kind: keyof typeof ROOTS,
): BytecodePlan | null =>
  mode === 'off' || !hasHashedBytecode(runtime)
    ? null
    : { mode, tag: `cpython-3${minorOf(runtime)}`, prefix: ROOTS[kind], exclude: TESTS };

/** The same bytecode for modules in a layer. */
export const inLayer = (bytecode: BytecodePlan): BytecodePlan => ({ ...bytecode, prefix: ROOTS.layer });

/**
 * The path of a module's bytecode beside the module; null for a file without bytecode.
 *
 * @param file path of a file in a bundle, with `/`
 */
export const bytecodePath = ({ tag, exclude }: BytecodePlan, file: string): string | null => {
  const folders = file.split('/');
  const name = folders.pop() ?? '';
  if (!name.endsWith('.py') || folders.some((folder) => exclude.includes(folder))) return null;
  return [...folders, '__pycache__', `${name.slice(0, -'.py'.length)}.${tag}.pyc`].join('/');
};

export const BytecodePlan: t.Type<BytecodePlan> = closed(
  {
    mode: t.keyof({ auto: null, require: null }),
    tag: PlainArgument,
    prefix: AbsolutePath,
    exclude: list(t.string),
  },
  'BytecodePlan',
);
