import type { BytecodePlan } from '../plan/bytecode-plan';
import type { InterpreterPlaces } from './interpreter';
import { candidateInterpreters, findInterpreter, knownInterpreter, rememberInterpreter } from './interpreter';
import type { Shell } from './shell';

/**
 * Absolute path of this machine's Python of a version; undefined where it has none. Each version is looked for once.
 *
 * @param python major and minor version
 */
export type Interpreters = (
  python: string,
  bytecode: Pick<BytecodePlan, 'tag'>,
) => Promise<string | undefined>;

export const liveInterpreters = (shell: Shell, store: string, places: InterpreterPlaces): Interpreters => {
  const asked = new Map<string, Promise<string | undefined>>();
  const look = async (python: string, tag: string): Promise<string | undefined> => {
    const candidates = candidateInterpreters(python, places);
    const known = knownInterpreter(store, tag, candidates);
    if (known !== undefined) return known.executable ?? undefined;
    const executable = await findInterpreter(shell, candidates, tag);
    rememberInterpreter(store, tag, candidates, executable ?? null);
    return executable;
  };
  return (python, { tag }) => {
    const answer = asked.get(tag) ?? look(python, tag);
    asked.set(tag, answer);
    return answer;
  };
};
