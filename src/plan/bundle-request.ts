import type { ArchitectureName } from './architecture';

/**
 * Which executor installs dependencies: on this machine, in a container, or whichever can.
 *
 * @since 0.1.0
 */
export type ExecutorName = 'auto' | 'host' | 'docker';

/**
 * What to do with a symbolic link whose target lies outside the source root; the others are always followed.
 *
 * @since 0.1.0
 */
export type ExternalSymlinks = 'refuse' | 'follow';

/**
 * The form of a finished bundle: a zip that is uploaded as it is, or a folder that the CDK CLI zips.
 *
 * @since 0.1.0
 */
export type Packaging = 'zip' | 'directory';

/**
 * Whether a bundle has byte code: where a Python of the target's version is at hand, always, or never.
 *
 * @since 0.1.0
 */
export type BytecodeMode = 'auto' | 'require' | 'off';

/**
 * How the entry was named: by the construct's id, or by a path.
 *
 * @since 0.1.0
 */
export type EntryRequest =
  | { readonly _tag: 'ById'; readonly id: string }
  | { readonly _tag: 'ByPath'; readonly path: string; readonly index: string };

/**
 * Options of the build container, under the names of CDK's `DockerRunOptions`.
 *
 * @since 0.1.0
 */
export interface DockerRequest {
  /** @default the runtime's build image */
  readonly image?: string;
  /** @default the engine's default network */
  readonly network?: string;
  /** `UID:GID`, a name, or a UID. @default the invoking user */
  readonly user?: string;
  /** Names of variables handed to the container; their values are never part of a plan. */
  readonly environment: readonly string[];
  readonly volumes: readonly {
    readonly hostPath: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
}

/**
 * Everything a user asked for, before any file was looked at. Plain data: paths are strings, nothing is resolved.
 *
 * @since 0.1.0
 */
export interface BundleRequest {
  /** Where the request comes from, for messages: a construct path, or a file for the command line. */
  readonly label: string;
  readonly entry: EntryRequest;
  /** Absolute paths of the files that may define the construct, nearest first; relative entries are looked for beside each. */
  readonly definingFiles: readonly string[];
  /** @default `lambda_handler` */
  readonly handler?: string;
  /** The runtime as each of its sources has it: Lambda's name or a version. */
  readonly runtime: { readonly prop?: string; readonly context?: string };
  readonly architecture: ArchitectureName;
  readonly exclude: readonly string[];
  readonly externalSymlinks: ExternalSymlinks;
  /** Absolute path of the folder in which finished bundles are put, as `asset.<hash>.zip` or `asset.<hash>`; never read as a source. */
  readonly outputDirectory: string;
  readonly executor: ExecutorName;
  readonly packaging: Packaging;
  readonly bytecode: BytecodeMode;
  readonly docker: DockerRequest;
}
