import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { Installers } from '../parts/install-modules';
import type { InterpreterPlaces } from '../machine/interpreter';
import type { ModuleCompiler } from '../bytecode/module-bytecode';
import type { Progress } from '../process/progress';
import type { SourceCompiler } from './compile-sources';
import type { RemoteStore } from '../shared-store/object-store';
import type { Store } from '../store/store';

/**
 * The effects that a batch may have on the world.
 *
 * @since 0.1.0
 */
export interface World {
  readonly store: Store;
  readonly installers: Installers;
  /** The places to look for Python interpreters. */
  readonly places: InterpreterPlaces;
  /** A store that other machines share. @default none */
  readonly remote?: RemoteStore;
  /** Compiles installed modules. */
  readonly compile: ModuleCompiler;
  /** Compiles the user's own modules. */
  readonly compileSources: SourceCompiler;
  readonly progress: Progress;
  /** Milliseconds since some fixed moment. */
  readonly now: () => number;
  /** How many sets of requirements are installed at a time: on this machine, and on each builder. */
  readonly parallelism: number;
  /** How many BuildKit builders there are. @default 1 */
  readonly builders?: number;
}

/**
 * A plan to run.
 *
 * @since 0.1.0
 */
export interface BatchItem {
  readonly plan: BundlePlan;
  /** Values of the variables that the plan names for the container, by name. */
  readonly environment: Readonly<Record<string, string>>;
}
