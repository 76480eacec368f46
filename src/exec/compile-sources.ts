import type { BundlePlan } from '../plan/bundle-plan';
import { bytecodeGroups, uncompiled, withoutBytecode } from './bytecode-groups';
import { compileInContainer } from './compile-in-container';
import type { Engine } from './docker-install';
import type { Interpreters } from './interpreters';
import type { Progress } from './progress';
import type { Shell } from './shell';
import { compileSources } from './source-bytecode';
import type { Store } from './store';

/** Sees to it that the modules of plans have their byte code in the store, as far as it can be made. */
export type SourceCompiler = (plans: readonly BundlePlan[]) => Promise<void>;

/**
 * Compiles with this machine's Python of the version. Where it has none, that is said once; a container is started for
 * it only where byte code is required, because starting one takes longer than the import of a handler that is not compiled.
 */
export const sourceCompiler =
  (
    store: Store,
    shell: Shell,
    engine: Engine,
    interpreters: Interpreters,
    progress: Progress,
  ): SourceCompiler =>
  async (plans) => {
    for (const { bytecode, python, plans: users } of bytecodeGroups(plans)) {
      const interpreter = interpreters(python, bytecode);
      if (interpreter !== undefined) {
        compileSources(store, interpreter, bytecode.tag, uncompiled(store, users));
        continue;
      }
      const required = users.filter((plan) => plan.bytecode?.mode === 'require');
      for (const image of new Set(required.filter(mayUseContainer).map((plan) => plan.image))) {
        const [first, ...others] = required.filter((plan) => plan.image === image);
        if (first !== undefined) {
          await compileInContainer(store, shell, engine, first, image, uncompiled(store, [first, ...others]));
        }
      }
      if (required.length < users.length) progress.end(`bytecode ${bytecode.tag}`, withoutBytecode(python));
    }
  };

const mayUseContainer = ({ install }: BundlePlan): boolean => install?.executor !== 'host';
