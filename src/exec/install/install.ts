import type { Either } from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { showTarget } from '../../plan/runtime/target-runtime';
import type { ContainerFolder } from '../../plan/install/docker-argv';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallerUsed } from '../errors/installer-used';

/**
 * An install that is to be made: gathered inputs, and an empty folder for the modules.
 *
 * @since 0.1.0
 */
export interface InstallTask {
  readonly plan: BundlePlan;
  readonly install: InstallPlan;
  /** Absolute paths. */
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  /** Values of the variables that the plan names for the container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether these are local packages alone of a larger set. @default false */
  readonly isAlone?: true;
}

/**
 * An install that was made.
 *
 * @since 0.1.0
 */
export interface Installed {
  readonly by: 'host' | 'docker' | 'buildkit';
  /** Tool and version, for messages. */
  readonly tool: string;
  /** What installed. @default nothing did, or it is not known: a command of the user's own */
  readonly installer?: InstallerUsed;
  readonly output: string;
  /** What of this machine had a say in it, a line each. @default nothing */
  readonly notes?: readonly string[];
  /** Names of the distributions, other than local packages, that were built on this machine. @default none */
  readonly built?: readonly string[];
  /**
   * Whether the modules' files may be links to those of the installer's cache, which then are never written to.
   *
   * @default false
   */
  readonly linked?: boolean;
  /**
   * Absolute path of a folder with the metadata of what was installed, where commands of the user's ran afterwards.
   *
   * @default the modules' own
   */
  readonly records?: string;
}

/**
 * Puts the modules of a plan into a folder: what host, docker and auto have in common.
 *
 * @since 0.1.0
 */
export type Install = (task: InstallTask) => Promise<Either<ExecutionError, Installed>>;

/** The target in words: `Python 3.11 on x86_64 (glibc 2.26)`. */
export const targetName = ({ runtime }: BundlePlan): string => showTarget(runtime);
