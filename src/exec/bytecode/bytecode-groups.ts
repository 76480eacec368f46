import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import { entryJob } from './entry-check';
import type { Part } from '../store/part';
import type { CompileJob } from './source-bytecode';
import { compileJobs, hasBytecode } from './source-bytecode';
import type { Store } from '../store/store';

/** The modules that one Python compiles in one process. */
interface BytecodeGroup {
  readonly bytecode: BytecodePlan;
  /** Major and minor version. */
  readonly python: string;
  /** The plans whose bundles get bytecode. */
  readonly plans: readonly BundlePlan[];
  /** Their own modules, and the entries of all plans: the syntax of an entry is checked even without bytecode. */
  readonly jobs: readonly CompileJob[];
}

/** The part that was built for a plan; null if it is not known yet, or nothing is built for the plan. */
export type ModulesOf = (plan: BundlePlan) => Part | null;

/** The modules to compile for plans, grouped by the version of their bytecode. */
export const bytecodeGroups = (
  plans: readonly BundlePlan[],
  modulesOf: ModulesOf = () => null,
): readonly BytecodeGroup[] => {
  const groups = new Map<string, BytecodeGroup>();
  for (const plan of plans) {
    const entry = entryJob(plan, modulesOf(plan));
    const bytecode = plan.bytecode ?? entry?.bytecode;
    if (bytecode === undefined) continue;
    const { plans: before, jobs } = groups.get(bytecode.tag) ?? { plans: [], jobs: [] };
    groups.set(bytecode.tag, {
      bytecode,
      python: plan.runtime.python,
      plans: plan.bytecode === null ? before : [...before, plan],
      jobs: [...jobs, ...compileJobs(plan), ...(entry === undefined ? [] : [entry])],
    });
  }
  return [...groups.values()];
};

/** The jobs whose bytecode is not in the store yet. */
export const uncompiled = (store: Store, jobs: readonly CompileJob[]): readonly CompileJob[] =>
  jobs.filter((job) => !hasBytecode(store, job));

/** The warning that no Python can compile; it is printed once. */
export const withoutBytecode = (python: string): string =>
  `no Python ${python} on this machine, so neither the functions' own modules nor the modules that this machine installs have bytecode (\`uv python install ${python}\` makes one available)`;
