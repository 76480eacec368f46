import type { InstallerName } from '../target/install-choice';
import type { ArchitectureName } from '../target/architecture';
import type { WrongOption } from './option-checks';
import type { OtherTargets } from '../target/other-targets';

/**
 * Which executor installs dependencies: on this machine, in a container, whichever of these can, or in a container on a
 * BuildKit builder.
 *
 * @since 0.1.0
 */
export type ExecutorName = 'auto' | 'host' | 'docker' | 'buildkit';

/** Whether all that is installed is installed in a container: by an engine, or by a builder. */
export const isContainerExecutor = (executor: ExecutorName): boolean =>
  executor === 'docker' || executor === 'buildkit';

/**
 * Where distributions may be built that have no wheel, as building one runs its code: nowhere, only in a container, or on
 * this machine as well.
 *
 * @since 0.1.0
 */
export type SdistPolicy = 'forbid' | 'docker' | 'host';

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
 * How a build container sees the folders of a run: mounted, or copied into volumes and back, for an engine that runs
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
  /** @default the runtime's build image */
  readonly image?: string;
  /** Such as `linux/arm64`. @default that of the architecture */
  readonly platform?: string;
  /** @default the engine's default network */
  readonly network?: string | null;
  /** `UID:GID`, a name, or a UID. @default the invoking user */
  readonly user?: string | null;
  /** Such as `label=disable` (`docker run --security-opt`), beside `no-new-privileges`. @default nothing more */
  readonly securityOpt?: string | null;
  /** Capabilities (`docker run --cap-add`); all others are taken away. @default none; of root by name, the engine's */
  readonly capAdd?: readonly string[] | null;
  /** The most processes at once (`docker run --pids-limit`); -1 for as many as there may be. @default 1024 */
  readonly pidsLimit?: number;
  /** Such as `2g` (`docker run --memory`). @default as much as there is */
  readonly memory?: string | null;
  /** Containers whose volumes are mounted as well (`docker run --volumes-from`). @default none */
  readonly volumesFrom?: readonly string[];
  /** Absolute path in the container. @default the folder of the requirements, below `/asset-input` */
  readonly workingDirectory?: string;
  /** Replaces the image's. @default that of the image */
  readonly entrypoint?: readonly string[] | null;
  /** Replaces the whole install: what it leaves in `/asset-output` is the bundle. @default requirements are installed */
  readonly command?: readonly string[];
  /** @default 'bind' */
  readonly fileAccess?: FileAccess;
  /** Names of variables handed to the container; their values are never part of a plan. */
  readonly environment: readonly string[];
  /** A text that changes when what the mounts hold changes. @default content counts where it can */
  readonly volumesDigest?: string;
  readonly volumes: readonly {
    readonly hostPath: string;
    readonly containerPath: string;
    readonly readOnly: boolean;
  }[];
}

/**
 * Names of the context keys that ask for hashes or for pinned declarations, or that name the declaration. A variable or a file of
 * settings that asks for hashes is named in words.
 *
 * @since 0.1.0
 */
export interface RequiredBy {
  /** @default no key, variable or file asks for hashes */
  readonly hashes?: string;
  /** @default no key asks for pinned declarations */
  readonly pinned?: string;
  /** @default no key names the declaration */
  readonly from?: string;
}

/**
 * Which requirements are installed, and how strictly.
 *
 * @since 0.1.0
 */
export interface DependencyRequest {
  /**
   * The declaration to use: its file's name or path, `script` for the entry's own, `beside` for what lies beside the entry, `none`
   * for none.
   *
   * @default the first there is
   */
  readonly from?: string;
  /** Dependency groups (PEP 735, and those of Poetry and PDM) besides the main ones. */
  readonly groups: readonly string[];
  /** Extras of the project. */
  readonly extras: readonly string[];
  /** URL of the package index, without credentials; `${NAME}` stands for a variable. @default that of the installer */
  readonly index?: string;
  /** URLs of further package indexes. */
  readonly extraIndexes: readonly string[];
  /** Whether a requirement without a hash is an error. */
  readonly requireHashes: boolean;
  /** Whether a declaration that does not fix what is installed is an error. @default false */
  readonly requirePinned?: boolean;
  /** Context keys that ask for the two above, or that give `from`, so that messages name them. @default the options do */
  readonly requiredBy?: RequiredBy;
  /** A date or a time (RFC 3339): what an index has got since then is not taken. @default all that it has */
  readonly resolvedAsOf?: string;
  /** Whether hashes of a lock are checked. */
  readonly hashes: boolean;
  /** Whether the indexes that a lock names are asked. */
  readonly urls: boolean;
  /** Distributions that are left out, such as those that the runtime has. */
  readonly omit: readonly string[];
  /** Files of the modules that stay out, as `.gitignore` patterns relative to the modules' folder. */
  readonly exclude: readonly string[];
  /** What was given besides that is no option, or cannot be what it is. @default nothing */
  readonly wrong?: readonly WrongOption[];
}

/**
 * Shell commands around the install, as CDK's `ICommandHooks` give them; `{input}` and `{output}` stand for the folders.
 *
 * @since 0.1.0
 */
export interface CommandHooks {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * What CDK's hash of an asset is made of: what goes in, what comes out, or a text of the user's own.
 *
 * @since 0.1.0
 */
export type AssetHashKind = 'source' | 'output' | 'custom';

/**
 * Whether a function holds its modules, or a layer that it shares.
 *
 * @since 0.1.0
 */
export type DependenciesIn = 'bundle' | 'layer';

/**
 * Everything a user asked for, before any file was looked at. Plain data: paths are strings, nothing is resolved.
 *
 * @since 0.1.0
 */
export interface BundleRequest {
  /** Modules at the top of the function's layers, as far as these are made by this library. @default none */
  readonly layerModules?: readonly string[];
  /** Where the request comes from, for messages: a construct path, or a file for the command line. */
  readonly label: string;
  /** What is made: a function's code, or a layer, which has no handler. */
  readonly kind: 'function' | 'layer';
  readonly entry: EntryRequest;
  /** Absolute paths of the files that may define the construct, nearest first; relative entries are looked for beside each. */
  readonly definingFiles: readonly string[];
  /** Absolute path of the folder in which a relative entry is looked for last. @default none */
  readonly currentFolder?: string;
  /** @default `lambda_handler`; of an entry that is a folder, see `defaultHandler` */
  readonly handler?: string;
  /** The runtime as each of its sources has it: Lambda's name or a version. */
  readonly runtime: {
    readonly prop?: string;
    readonly context?: string;
    /** That the prop was given, and is undefined. @default false */
    readonly isUndefined?: true;
  };
  readonly architecture: ArchitectureName;
  /** What a layer is said to be for besides. @default nothing */
  readonly alsoFor?: OtherTargets;
  readonly exclude: readonly string[];
  readonly externalSymlinks: ExternalSymlinks;
  /** What goes in from elsewhere. @default nothing */
  readonly include?: readonly Include[];
  /** Absolute path of the folder in which finished bundles are put, as `asset.<hash>.zip` or `asset.<hash>`; never read as a source. */
  readonly outputDirectory: string;
  readonly executor: ExecutorName;
  /** Whether `executor` is 'docker' only because `docker.image` is given, and nothing else of a container. @default false */
  readonly isExecutorByImage?: boolean;
  /** @default 'docker' where `executor` is 'docker' or 'buildkit', else 'host' */
  readonly sdist?: SdistPolicy;
  /** The context key that says `sdist`. @default the option does */
  readonly sdistKey?: string;
  /** The one that alone may install. @default the first of uv and pip that is there */
  readonly installer?: InstallerName;
  readonly packaging: Packaging;
  readonly bytecode: BytecodeMode;
  readonly dependencies: DependencyRequest;
  readonly dependenciesIn: DependenciesIn;
  /** Folder in the bundle that everything goes to, with `/`; `.` for the bundle itself. */
  readonly prefix: string;
  /** Whether a bill of materials of the modules is written beside the bundle. @default false */
  readonly sbom?: boolean;
  readonly hooks: CommandHooks;
  /** A text in place of the content's hash (`AssetHashType.CUSTOM`). @default the hash of all that decides the content */
  readonly assetHash?: string;
  /** @default 'custom' where there is an `assetHash`, else 'source' */
  readonly assetHashType?: AssetHashKind;
  readonly docker: DockerRequest;
  /**
   * Values of variables that installers, builds and commands get, without credentials. A plan has a digest of those that
   * count, and no value.
   *
   * @default none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Names of those variables whose values had a user name or a password in a URL. Sorted.
   *
   * @default none
   */
  readonly withCredentials?: readonly string[];
}

/**
 * What is asked for where nothing is said of dependencies.
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
 * A folder or a file outside of the entry's folder that goes into the bundle under a name.
 *
 * @since 0.1.0
 */
export interface Include {
  /** Absolute, or relative as an entry is: to the file that defines the construct, else to the current folder. */
  readonly from: string;
  /** Relative path in the bundle with `/`; `.` stands for the bundle's root, in which a file keeps its name. */
  readonly to: string;
}
