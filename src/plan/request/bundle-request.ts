import type { InstallerName } from '../target/install-choice';
import type { ArchitectureName } from '../target/architecture';
import type { WrongOption } from './option-checks';
import type { OtherTargets } from '../target/other-targets';

/**
 * Where dependencies are installed: on this machine, in a container, on whichever of these can (`auto`), or in a
 * container on a BuildKit builder.
 *
 * @since 0.1.0
 */
export type ExecutorName = 'auto' | 'host' | 'docker' | 'buildkit';

/** Whether an executor installs everything in a container, run by an engine or a builder. */
export const isContainerExecutor = (executor: ExecutorName): boolean =>
  executor === 'docker' || executor === 'buildkit';

/**
 * Where source distributions may be built: nowhere, only in a container, or on this machine as well. A build runs the
 * distribution's code.
 *
 * @since 0.1.0
 */
export type SdistPolicy = 'forbid' | 'docker' | 'host';

/**
 * How to treat a symbolic link whose target lies outside the source root. All other links are followed.
 *
 * @since 0.1.0
 */
export type ExternalSymlinks = 'refuse' | 'follow';

/**
 * The form of a finished bundle: a zip that is uploaded unchanged, or a folder that the CDK CLI zips.
 *
 * @since 0.1.0
 */
export type Packaging = 'zip' | 'directory';

/**
 * Whether a bundle has bytecode: `auto` if a Python of the target's version is available, `require` always, `off`
 * never.
 *
 * @since 0.1.0
 */
export type BytecodeMode = 'auto' | 'require' | 'off';

/**
 * How the entry is named: by the construct's id, or by a path.
 *
 * @since 0.1.0
 */
export type EntryRequest =
  | { readonly _tag: 'ById'; readonly id: string }
  | { readonly _tag: 'ByPath'; readonly path: string; readonly index: string };

/**
 * How a build container gets the folders of a run: mounted, or copied into volumes and back. Copies are for an engine
 * on another machine.
 *
 * @since 0.1.0
 */
export type FileAccess = 'bind' | 'copy';

/**
 * Options of the build container, under the names of CDK's `DockerRunOptions`.
 *
 * @since 0.1.0
 */
export interface DockerRequest {
  /** @default - the runtime's build image */
  readonly image?: string;
  /** Such as `linux/arm64`. @default - the platform of the architecture */
  readonly platform?: string;
  /** @default - the engine's default network */
  readonly network?: string | null;
  /** `UID:GID`, a name, or a UID. @default - the invoking user */
  readonly user?: string | null;
  /** Such as `label=disable` (`docker run --security-opt`), beside `no-new-privileges`. @default - nothing more */
  readonly securityOpt?: string | null;
  /** Capabilities (`docker run --cap-add`); all others are dropped. @default - none; for `root`, the engine's */
  readonly capAdd?: readonly string[] | null;
  /** The largest number of processes (`docker run --pids-limit`); -1 for no limit. @default 1024 */
  readonly pidsLimit?: number;
  /** Such as `2g` (`docker run --memory`). @default - no limit */
  readonly memory?: string | null;
  /** Containers whose volumes are mounted as well (`docker run --volumes-from`). @default - none */
  readonly volumesFrom?: readonly string[];
  /** Absolute path in the container. @default - the folder of the requirements, below `/asset-input` */
  readonly workingDirectory?: string;
  /** Replaces the image's entrypoint. @default - the image's entrypoint */
  readonly entrypoint?: readonly string[] | null;
  /** Replaces the install: the content of `/asset-output` becomes the bundle. @default - requirements are installed */
  readonly command?: readonly string[];
  /** @default 'bind' */
  readonly fileAccess?: FileAccess;
  /** Names of variables that the container gets; their values are never part of a plan. */
  readonly environment: readonly string[];
  /** A text that changes with the content of the mounts. @default - the content counts if it can be read */
  readonly volumesDigest?: string;
  readonly volumes: readonly {
    readonly hostPath: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
}

/**
 * The context keys that require hashes or pinned declarations, or that name the declaration. A variable or a settings
 * file that requires hashes is named in words.
 *
 * @since 0.1.0
 */
export interface RequiredBy {
  /** @default - no key, variable or file requires hashes */
  readonly hashes?: string;
  /** @default - no key requires pinned declarations */
  readonly pinned?: string;
  /** @default - no key names the declaration */
  readonly from?: string;
}

/**
 * Which requirements are installed, and how strictly.
 *
 * @since 0.1.0
 */
export interface DependencyRequest {
  /**
   * The declaration to use: the name or path of its file, `script` for the entry's own metadata, `beside` for a
   * declaration beside the entry, `none` for no declaration.
   *
   * @default - the first that exists
   */
  readonly from?: string;
  /** Dependency groups (of PEP 735, Poetry or PDM) to install besides the main dependencies. */
  readonly groups: readonly string[];
  /** Extras of the project. */
  readonly extras: readonly string[];
  /** URL of the index, without credentials; `${NAME}` stands for a variable. @default - the installer's index */
  readonly index?: string;
  /** URLs of further package indexes. */
  readonly extraIndexes: readonly string[];
  /** Whether a requirement without a hash is an error. */
  readonly requireHashes: boolean;
  /** Whether a declaration that does not fix all versions is an error. @default false */
  readonly requirePinned?: boolean;
  /** Context keys that set the two options above, or `from`, for messages. @default - options set them */
  readonly requiredBy?: RequiredBy;
  /** A date or a time (RFC 3339): files that an index got since then are not used. @default - all files count */
  readonly resolvedAsOf?: string;
  /** Whether hashes of a lock are checked. */
  readonly hashes: boolean;
  /** Whether the indexes that a lock names are used. */
  readonly urls: boolean;
  /** Distributions that are left out, such as those that the runtime has. */
  readonly omit: readonly string[];
  /** Installed files to leave out, as `.gitignore` patterns relative to the modules' folder. */
  readonly exclude: readonly string[];
  /** Unknown options, and options with a wrong value. @default - none */
  readonly wrong?: readonly WrongOption[];
}

/**
 * Shell commands before and after the install, as CDK's `ICommandHooks` return them. `{input}` and `{output}` stand for
 * the folders.
 *
 * @since 0.1.0
 */
export interface CommandHooks {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * The base of CDK's asset hash: the input of the bundle, its output, or a text of the user.
 *
 * @since 0.1.0
 */
export type AssetHashKind = 'source' | 'output' | 'custom';

/**
 * Whether the installed modules lie in the function's bundle, or in a layer that functions share.
 *
 * @since 0.1.0
 */
export type DependenciesIn = 'bundle' | 'layer';

/**
 * Everything that a user requests, before any file is read. Plain data: paths are strings, and nothing is resolved.
 *
 * @since 0.1.0
 */
export interface BundleRequest {
  /** Top-level modules of the function's layers, if this library makes these. @default - none */
  readonly layerModules?: readonly string[];
  /** The origin of the request for messages: a construct path, or a file for the command line. */
  readonly label: string;
  /** The kind of bundle: a function's code, or a layer, which has no handler. */
  readonly kind: 'function' | 'layer';
  readonly entry: EntryRequest;
  /** Absolute paths of the files that may define the construct, nearest first. A relative entry may lie beside each. */
  readonly definingFiles: readonly string[];
  /** Absolute path of the folder in which a relative entry is looked for last. @default - none */
  readonly currentFolder?: string;
  /** @default - `lambda_handler`; see `defaultHandler` for an entry that is a folder */
  readonly handler?: string;
  /** The runtime from each of its sources: Lambda's name or a version. */
  readonly runtime: {
    readonly prop?: string;
    readonly context?: string;
    /** Whether the prop was given as undefined. @default false */
    readonly isUndefined?: true;
  };
  readonly architecture: ArchitectureName;
  /** Other targets that a layer declares. @default - none */
  readonly alsoFor?: OtherTargets;
  readonly exclude: readonly string[];
  readonly externalSymlinks: ExternalSymlinks;
  /** Files and folders from elsewhere that go into the bundle. @default - none */
  readonly include?: readonly Include[];
  /**
   * Absolute path of the folder for finished bundles (`asset.<hash>.zip` or `asset.<hash>`). It is never read as a
   * source.
   */
  readonly outputDirectory: string;
  readonly executor: ExecutorName;
  /** Whether `executor` is 'docker' only because of `docker.image`, the one container option given. @default false */
  readonly isExecutorByImage?: boolean;
  /** @default - 'docker' if `executor` is 'docker' or 'buildkit', else 'host' */
  readonly sdist?: SdistPolicy;
  /** The context key that sets `sdist`. @default - the option sets it */
  readonly sdistKey?: string;
  /** The only installer that may be used. @default - the first of uv and pip that is available */
  readonly installer?: InstallerName;
  readonly packaging: Packaging;
  readonly bytecode: BytecodeMode;
  readonly dependencies: DependencyRequest;
  readonly dependenciesIn: DependenciesIn;
  /** The folder of the bundle into which everything goes, with `/`; `.` for the bundle itself. */
  readonly prefix: string;
  /** Whether a bill of materials of the modules is written beside the bundle. @default false */
  readonly sbom?: boolean;
  readonly hooks: CommandHooks;
  /** A text in place of the content's hash (`AssetHashType.CUSTOM`). @default - the hash of the content */
  readonly assetHash?: string;
  /** @default - 'custom' if `assetHash` is set, else 'source' */
  readonly assetHashType?: AssetHashKind;
  readonly docker: DockerRequest;
  /**
   * Values, without credentials, of variables that installers, builds and commands get. A plan has only a digest of the
   * variables that count, never a value.
   *
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Names of the variables whose values had a user name or a password in a URL. Sorted.
   *
   * @default - none
   */
  readonly withCredentials?: readonly string[];
}

/**
 * The values for a request that sets no option of dependencies.
 *
 * @since 0.1.0
 */
export const DEFAULT_DEPENDENCIES: DependencyRequest = {
  groups: [],
  extras: [],
  extraIndexes: [],
  requireHashes: false,
  hashes: true,
  urls: true,
  omit: [],
  exclude: [],
};

/**
 * A folder or a file outside the entry's folder that goes into the bundle.
 *
 * @since 0.1.0
 */
export interface Include {
  /** Absolute, or relative like an entry: to the file that defines the construct, else to the current folder. */
  readonly from: string;
  /** Relative path in the bundle with `/`. `.` is the bundle's root, where a file keeps its name. */
  readonly to: string;
}
