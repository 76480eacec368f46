import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ModulesOf } from '../bytecode/bytecode-groups';
import { bytecodeGroups, uncompiled, withoutBytecode } from '../bytecode/bytecode-groups';
import { compileInContainer } from '../container/compile-in-container';
import type { Engine } from '../container/docker-install';
import type { Interpreters } from '../bytecode/interpreters';
import type { Progress } from '../process/progress';
import type { Shell } from '../process/shell';
import { compileJobs, compileSources } from '../bytecode/source-bytecode';
import type { Store } from '../store/store';

/**
 * Compiles the user's own modules of plans into the store, as far as that is possible. A Python of the target's version
 * also looks at their entries.
 */
export type SourceCompiler = (plans: readonly BundlePlan[], modulesOf?: ModulesOf) => Promise<void>;

/**
 * Compiles with this machine's Python of the target's version. If it lacks that Python, one line says so. A container
 * starts only if bytecode is required, because its start takes longer than the import of a handler that is not
 * compiled.
 */
export const sourceCompiler =
  (
    store: Store,
    shell: Shell,
    engine: Engine,
    interpreters: Interpreters,
    progress: Progress,
  ): SourceCompiler =>
  async (plans, modulesOf) => {
    for (const { bytecode, python, plans: users, jobs } of bytecodeGroups(plans, modulesOf)) {
      const interpreter = interpreters(python, bytecode);
      if (interpreter !== undefined) {
        compileSources(store, interpreter, bytecode.tag, uncompiled(store, jobs));
        continue;
      }
      const required = users.filter((plan) => plan.bytecode?.mode === 'require');
      for (const image of new Set(required.filter(mayUseContainer).map((plan) => plan.image))) {
        const [first, ...others] = required.filter((plan) => plan.image === image);
        if (first !== undefined) {
          const wanted = [first, ...others].flatMap(compileJobs);
          await compileInContainer(store, shell, engine, first, image, uncompiled(store, wanted));
        }
      }
      if (required.length < users.length) progress.end(`bytecode ${bytecode.tag}`, withoutBytecode(python));
    }
  };

const mayUseContainer = ({ install }: BundlePlan): boolean => install?.executor !== 'host';
