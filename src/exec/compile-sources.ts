import type { BundlePlan } from '../plan/bundle-plan';
import { compileInContainer } from './compile-in-container';
import type { Engine } from './docker-install';
import type { Interpreters } from './interpreters';
import type { Progress } from './progress';
import type { Shell } from './shell';
import { compileJobs, compileSources, storedBytecode } from './source-bytecode';
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
    const byTag = new Map<string, BundlePlan[]>();
    for (const plan of plans) {
      const tag = plan.bytecode?.tag;
      if (tag !== undefined) byTag.set(tag, [...(byTag.get(tag) ?? []), plan]);
    }
    for (const [tag, users] of byTag) {
      const [first] = users;
      if (first?.bytecode == null) continue;
      const missing = (of: readonly BundlePlan[]) =>
        of.flatMap(compileJobs).filter((job) => storedBytecode(store, job) === undefined);
      const interpreter = interpreters(first.runtime.python, first.bytecode);
      if (interpreter !== undefined) {
        compileSources(store, interpreter, tag, missing(users));
        continue;
      }
      const required = users.filter(({ bytecode }) => bytecode?.mode === 'require');
      for (const image of new Set(required.filter(mayUseContainer).map((plan) => plan.image))) {
        const jobs = missing(required.filter((plan) => plan.image === image));
        await compileInContainer(store, shell, engine, first, image, jobs);
      }
      if (required.length < users.length) {
        progress.end(`bytecode ${tag}`, withoutBytecode(first.runtime.python));
      }
    }
  };

const mayUseContainer = ({ install }: BundlePlan): boolean => install?.executor !== 'host';

const withoutBytecode = (python: string): string =>
  `no Python ${python} on this machine, so functions start without byte code of their own modules, and what this machine installs has none either (\`uv python install ${python}\` makes one available)`;
