import * as t from 'io-ts';
import type { BytecodeMode } from '../request/bundle-request';
import { AbsolutePath, closed, list, PlainArgument } from '../values/codecs';
import type { PythonRuntime } from '../target/python-runtime';
import { minorOf } from '../target/python-runtime';

/**
 * Byte code that Lambda loads: made by a Python of the target's minor version, and marked as valid whatever the time
 * stamp of its source (PEP 552, unchecked hash). Publishing stamps every file with 1980-01-01, so that ordinary byte code,
 * which holds the time stamp of its source, would be compiled anew at every cold start.
 *
 * @since 0.1.0
 */
export interface BytecodePlan {
  /** Whether a bundle without byte code will do where no such Python is at hand. */
  readonly mode: Exclude<BytecodeMode, 'off'>;
  /** Python's name for its byte code, which is part of the files' names: `cpython-313` (PEP 3147). */
  readonly tag: string;
  /** Where the code will lie: byte code names its source's path, which otherwise would be that of a build. */
  readonly prefix: string;
  /** Names of folders without byte code: what only tests import is compiled where it is imported. */
  readonly exclude: readonly string[];
}

/**
 * Where Lambda unpacks a function's code, and the modules of a layer (Lambda developer guide, "Python handler" and
 * "Packaging your layer content").
 */
const ROOTS = { function: '/var/task', layer: '/opt/python' } as const;

const TESTS: readonly string[] = ['test', 'tests'];

/** Python 3.6 has only byte code with time stamps. */
const FIRST_MINOR = 7;

/** Whether a Python can read byte code that holds no time stamp. */
export const hasHashedBytecode = (runtime: PythonRuntime): boolean => minorOf(runtime) >= FIRST_MINOR;

/** The byte code of a bundle; null where none is wanted or none would be read. */
export const planBytecode = (
  mode: BytecodeMode,
  runtime: PythonRuntime,
  kind: keyof typeof ROOTS,
): BytecodePlan | null =>
  mode === 'off' || !hasHashedBytecode(runtime)
    ? null
    : { mode, tag: `cpython-3${minorOf(runtime)}`, prefix: ROOTS[kind], exclude: TESTS };

/** The same byte code, of modules that lie in a layer. */
export const inLayer = (bytecode: BytecodePlan): BytecodePlan => ({ ...bytecode, prefix: ROOTS.layer });

/**
 * The path of a module's byte code beside it; null for a file that has none.
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
