import type { BundlePlan } from '../../plan/model/bundle-plan';
import { byIdentity } from '../../plan/values/memoize-by-object';
import { sha256 } from '../../plan/values/hash';

/**
 * The keys under which the store has what belongs to a plan.
 *
 * @since 0.1.0
 */
export interface StoreKeys {
  /** Key of the modules; null in a plan without modules. */
  readonly modules: string | null;
  /** Key of the modules' byte code; null in a plan without it. */
  readonly bytecode: string | null;
  /** Key of all that the bundle holds. */
  readonly content: string;
}

/**
 * A digest of what this machine says and what decides the modules of a plan: its variables, its `uv.toml` and `pip.conf`, the
 * installer. Null where the machine decides nothing.
 *
 * @since 0.1.0
 */
export type MachineDigest = (plan: BundlePlan) => string | null;

/** A machine that decides nothing. */
export const NO_MACHINE: MachineDigest = () => null;

/** A key with what a machine adds to it. */
export const withMachine = (key: string, machine: string | null): string =>
  machine === null ? key : sha256(JSON.stringify(['machine/1', key, machine]));

/**
 * The keys of a plan on a machine. Where the machine decides nothing they are the plan's own hashes, so that machines share
 * entries. A bundle whose modules lie in a layer holds none of them, so the machine does not change what it holds.
 */
export const storeKeys = (digestOf: MachineDigest): ((plan: BundlePlan) => StoreKeys) =>
  byIdentity((plan: BundlePlan): StoreKeys => {
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
