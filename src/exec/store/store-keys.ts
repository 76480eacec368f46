import type { BundlePlan } from '../../plan/model/bundle-plan';
import { memoizeByObject } from '../../plan/values/memoize-by-object';
import { sha256 } from '../../plan/values/hash';

/**
 * The keys of a plan's entries in the store.
 *
 * @since 0.1.0
 */
export interface StoreKeys {
  /** Key of the modules; null in a plan without modules. */
  readonly modules: string | null;
  /** Key of the modules' bytecode; null in a plan without it. */
  readonly bytecode: string | null;
  /** Key of the bundle's whole content. */
  readonly content: string;
}

/**
 * A digest of everything on this machine that decides the modules of a plan: its variables, its `uv.toml` and
 * `pip.conf`, the installer. Null if the machine decides nothing.
 *
 * @since 0.1.0
 */
export type MachineDigest = (plan: BundlePlan) => string | null;

/** A machine that decides nothing. */
export const NO_MACHINE: MachineDigest = () => null;

/** A key combined with the digest of a machine. */
export const withMachine = (key: string, machine: string | null): string =>
  machine === null ? key : sha256(JSON.stringify(['machine/1', key, machine]));

/**
 * The keys of a plan on a machine. If the machine decides nothing, they are the plan's own hashes, so that machines
 * share entries. A bundle with its modules in a layer holds no modules, so the machine does not change its content.
 */
export const storeKeys = (digestOf: MachineDigest): ((plan: BundlePlan) => StoreKeys) =>
  memoizeByObject((plan: BundlePlan): StoreKeys => {
    const { hash, dependenciesIn } = plan;
    const plain = { modules: hash.dependencies, bytecode: hash.bytecode, content: hash.content };
    if (hash.dependencies === null) return plain;
    const machine = digestOf(plan);
    if (machine === null) return plain;
    const keyOf = (key: string): string => withMachine(key, machine);
    return {
      modules: keyOf(hash.dependencies),
      bytecode: hash.bytecode === null ? null : keyOf(hash.bytecode),
      content: dependenciesIn === 'layer' ? hash.content : keyOf(hash.content),
    };
  });
