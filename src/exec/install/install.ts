import type { Either } from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { showTarget } from '../../plan/runtime/target-runtime';
import type { ContainerFolder } from '../../plan/install/docker-argv';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallerUsed } from '../errors/installer-used';

/**
 * An install to run: gathered inputs, and an empty folder for the modules.
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
  /** Whether this installs only the local packages of a larger set. @default false */
  readonly isAlone?: true;
}

/**
 * The result of an install.
 *
 * @since 0.1.0
 */
export interface Installed {
  readonly by: 'host' | 'docker' | 'buildkit';
  /** Tool and version, for messages. */
  readonly tool: string;
  /** The installer. @default - none, or unknown after a user's own command */
  readonly installer?: InstallerUsed;
  readonly output: string;
  /** Notes on how this machine affected the install, a line each. @default - none */
  readonly notes?: readonly string[];
  /** Names of the distributions, other than local packages, that were built on this machine. @default - none */
  readonly built?: readonly string[];
  /**
   * Whether the modules' files may be hard links to the installer's cache; then nothing writes to them.
   *
   * @default false
   */
  readonly linked?: boolean;
  /**
   * Absolute path of a folder with the metadata of the installed modules, if the user's commands ran afterwards.
   *
   * @default - the metadata in the modules' own folder
   */
  readonly records?: string;
}

/**
 * Puts the modules of a plan into a folder; each executor has one.
 *
 * @since 0.1.0
 */
export type Install = (task: InstallTask) => Promise<Either<ExecutionError, Installed>>;

/** The target in words: `Python 3.11 on x86_64 (glibc 2.26)`. */
export const targetName = ({ runtime }: BundlePlan): string => showTarget(runtime);
