import type { BundlePlan } from '../plan/bundle-plan';
import type { BytecodePlan } from '../plan/bytecode-plan';
import type { CompileJob } from './source-bytecode';
import { compileJobs, hasBytecode } from './source-bytecode';
import type { Store } from './store';

/** Plans whose own modules one Python compiles, all in one process. */
export interface BytecodeGroup {
  readonly bytecode: BytecodePlan;
  /** Major and minor version. */
  readonly python: string;
  readonly plans: readonly BundlePlan[];
}

/** Plans by the version of their byte code; those that get none are in no group. */
export const bytecodeGroups = (plans: readonly BundlePlan[]): readonly BytecodeGroup[] => {
  const groups = new Map<string, BytecodeGroup>();
  for (const plan of plans) {
    const { bytecode, runtime } = plan;
    if (bytecode === null) continue;
    const before = groups.get(bytecode.tag)?.plans ?? [];
    groups.set(bytecode.tag, { bytecode, python: runtime.python, plans: [...before, plan] });
  }
  return [...groups.values()];
};

/** The modules of plans whose byte code is not in the store yet. */
export const uncompiled = (store: Store, plans: readonly BundlePlan[]): readonly CompileJob[] =>
  plans.flatMap(compileJobs).filter((job) => !hasBytecode(store, job));

/** What is said once where there is no Python to compile with. */
export const withoutBytecode = (python: string): string =>
  `no Python ${python} on this machine, so functions start without byte code of their own modules, and what this machine installs has none either (\`uv python install ${python}\` makes one available)`;
