import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import { entryJob } from './entry-check';
import type { Part } from '../store/part';
import type { CompileJob } from './source-bytecode';
import { compileJobs, hasBytecode } from './source-bytecode';
import type { Store } from '../store/store';

/** What one Python compiles, all in one process. */
interface BytecodeGroup {
  readonly bytecode: BytecodePlan;
  /** Major and minor version. */
  readonly python: string;
  /** Those whose bundles get byte code. */
  readonly plans: readonly BundlePlan[];
  /** Their own modules, and the entries of all plans: that they are programs is checked where no byte code goes in, too. */
  readonly jobs: readonly CompileJob[];
}

/** What was built for a plan; null where that is not known yet, and of a plan that nothing is built for. */
export type ModulesOf = (plan: BundlePlan) => Part | null;

/** What is to be compiled for plans, by the version of their byte code. */
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

/** What of it is not in the store yet. */
export const uncompiled = (store: Store, jobs: readonly CompileJob[]): readonly CompileJob[] =>
  jobs.filter((job) => !hasBytecode(store, job));

/** What is said once where there is no Python to compile with. */
export const withoutBytecode = (python: string): string =>
  `no Python ${python} on this machine, so functions start without byte code of their own modules, and what this machine installs has none either (\`uv python install ${python}\` makes one available)`;
