import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import type { Ask, InterpreterPlaces } from '../machine/interpreter';
import {
  askProgram,
  candidateInterpreters,
  findInterpreter,
  knownInterpreter,
  rememberInterpreter,
} from '../machine/interpreter';

/**
 * Absolute path of this machine's Python of a version; undefined without one. Each version is searched once. Later runs
 * know the result without starting a process.
 *
 * @param python major and minor version
 */
export type Interpreters = (python: string, bytecode: Pick<BytecodePlan, 'tag'>) => string | undefined;

/** @param store absolute path of the store's folder */
export const liveInterpreters = (
  store: string,
  places: InterpreterPlaces,
  ask: Ask = askProgram,
): Interpreters => {
  const answers = new Map<string, string | undefined>();
  const look = (python: string, tag: string): string | undefined => {
    const candidates = candidateInterpreters(python, places);
    const known = knownInterpreter(store, tag, candidates);
    if (known !== undefined) return known.executable ?? undefined;
    const executable = findInterpreter(ask, candidates, tag);
    rememberInterpreter(store, tag, candidates, executable ?? null);
    return executable;
  };
  return (python, { tag }) => {
    if (!answers.has(tag)) answers.set(tag, look(python, tag));
    return answers.get(tag);
  };
};

/** Whether an earlier run has searched for a plan's Python. */
export const isInterpreterKnown = (
  store: string,
  places: InterpreterPlaces,
  { bytecode, runtime }: Pick<BundlePlan, 'bytecode' | 'runtime'>,
): boolean =>
  bytecode === null ||
  knownInterpreter(store, bytecode.tag, candidateInterpreters(runtime.python, places)) !== undefined;
