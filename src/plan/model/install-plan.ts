import * as t from 'io-ts';
import { DeclaredContent } from './declared-content';
import type { CommandHooks, ExecutorName, FileAccess, SdistPolicy } from '../request/bundle-request';
import { GitMetadata } from './git-metadata';
import { HostInstall } from './host-plan';
import { IndexCredentials } from '../variables/index-credentials';
import type { InstallChoice } from '../target/install-choice';
import { INSTALL_CHOICE } from '../target/install-choice';
import { Pinned } from './pinned';
import { UvSettings } from './uv-settings';
import {
  AbsolutePath,
  Capability,
  closed,
  Digest,
  EnvironmentName,
  Line,
  list,
  MemoryLimit,
  Moment,
  MountSource,
  Natural,
  nullable,
  PackageName,
  PidsLimit,
  PlainArgument,
  RelativeFolder,
  RelativePath,
  withOptional,
} from '../values/codecs';

/**
 * The replacement of a line, or of a line with its continuations, in a requirements file.
 *
 * @since 0.1.0
 */
export interface LineEdit {
  /** The first and the last replaced line, from 1. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * A file that the installer reads: a requirements file, or a file of a local package.
 *
 * @since 0.1.0
 */
export interface InstallInput {
  /** Path in the folder of gathered inputs, with `/`. */
  readonly path: string;
  /** Absolute path of the file on this machine. */
  readonly from: string;
  /** SHA-256 of the content. The install stops if the content has another digest. */
  readonly digest: string;
  /** SHA-256 of what decides the install: of a requirements file, the edited text without credentials. */
  readonly hashed: string;
  readonly executable: boolean;
  /** Replaced lines: those with paths of this machine, and those with `-e`, which Lambda cannot follow. */
  readonly edits: readonly LineEdit[];
}

/**
 * A requirements file that this library writes: the requirements of a lock or a project for the target.
 *
 * @since 0.1.0
 */
export interface GeneratedFile {
  /** Path among the gathered inputs, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Distributions and files that are removed after the install.
 *
 * @since 0.1.0
 */
export interface LeftOut {
  /** Distributions to remove, together with distributions that only they need. */
  readonly omit: readonly string[];
  /** Normalized names of the declared distributions. These stay, with all distributions that they need. */
  readonly requested: readonly string[];
  /** Files, as `.gitignore` patterns relative to the modules' folder; metadata (`*.dist-info`) always stays. */
  readonly exclude: readonly string[];
}

/**
 * A folder that is mounted into a build container.
 *
 * @since 0.1.0
 */
export interface Mount {
  /**
   * A folder of the run: `input` (the gathered inputs), `output` (for the modules), `bytecode`, `tools` (scripts of
   * this library, and uv), `cache` (downloads). Any other value is an absolute path on the engine's machine.
   */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/**
 * How dependencies are installed in a container.
 *
 * @since 0.1.0
 */
export interface DockerInstall {
  readonly image: string;
  readonly platform: string;
  /** @default - the invoking user */
  readonly user: string | null;
  readonly network: string | null;
  /** Added to `no-new-privileges`, or in its place if it sets that option itself. */
  readonly securityOpt: string | null;
  /** @default - none; the engine's capabilities if `user` is root */
  readonly capAdd: readonly string[] | null;
  /** The largest number of processes; -1 for no limit. */
  readonly pidsLimit: number;
  /** @default - no limit */
  readonly memory: string | null;
  readonly volumesFrom: readonly string[];
  readonly fileAccess: FileAccess;
  readonly mounts: readonly Mount[];
  /** Names only: the engine's client takes the values from its own environment. */
  readonly environment: readonly string[];
  readonly workingDirectory: string;
  /** @default - the image's entrypoint */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[];
  /** The `docker` argv made from the fields above. The run fills in `{input}`, `{output}`, `{user}` … */
  readonly argv: readonly string[];
}

/**
 * How the distributions of requirements files are installed into a folder.
 *
 * @since 0.1.0
 */
export interface InstallPlan extends InstallChoice {
  readonly executor: ExecutorName;
  /** Where source distributions may be built. */
  readonly sdist: SdistPolicy;
  /** Absolute path of the declaration, for messages; null if only commands run. */
  readonly declaration: string | null;
  readonly inputs: readonly InstallInput[];
  readonly generated: readonly GeneratedFile[];
  /**
   * The requirements files, relative to the working directory. Lines with hashes are apart from lines without, for pip.
   */
  readonly requirements: readonly string[];
  /**
   * The same files, grouped into runs of an installer. All files of a run use the same indexes. pip installs each file
   * in a run of its own.
   *
   * @default - all in one run
   */
  readonly runs?: readonly (readonly string[])[];
  /** The variables with user names and passwords for a lock's indexes. A plan has no values. @default - none */
  readonly credentials?: readonly IndexCredentials[];
  /**
   * Of a lock: whether this machine's further indexes are used as well, because the lock does not name the index of
   * each package, or something is built.
   *
   * @default false
   */
  readonly furtherIndexes?: true;
  /** Whether the requirements are a whole lock, so that nothing is resolved. */
  readonly isLocked: boolean;
  /** Whether each file must have a declared hash, and nothing declared is built. Installers refuse other files. */
  readonly isHashed: boolean;
  /** Whether no requirement has more than one hash, so that no index decides which of several files is installed. */
  readonly isExact: boolean;
  /** A date or time (RFC 3339); later files of indexes do not count. Null for now, and for a lock. */
  readonly resolvedAsOf: string | null;
  readonly leftOut: LeftOut;
  /** The content that counts besides the plan's files. */
  readonly declared: DeclaredContent;
  /**
   * Commands before and after the install. With commands, or with the container's own command, the whole bundle,
   * including the user's files, is built in one folder and kept under a key of its own.
   */
  readonly hooks: CommandHooks;
  /** Whether the build includes the user's files, which are otherwise added to its result. */
  readonly isWhole: boolean;
  /** The folder of the gathered inputs in which the installer runs. */
  readonly workingDirectory: string;
  /** Whether the install may have an empty result, because every requirement has a marker. */
  readonly mayBeEmpty: boolean;
  /** The repositories from which local packages take their version. @default - none */
  readonly git?: readonly GitMetadata[];
  /**
   * Of a whole build: the sources that declare the dependencies. Commands see them, and they do not go into the bundle.
   *
   * @default - none
   */
  readonly unshipped?: readonly string[];
  /** The only distributions that may be installed; for `requirePinned` if only the lines fix the versions. */
  readonly pinned?: Pinned;
  /** The settings of `[tool.uv]` for the install; only uv can follow them. @default - none */
  readonly uv?: UvSettings;
  readonly host: HostInstall;
  readonly docker: DockerInstall;
}

const LineEdit = closed({ from: Natural, to: Natural, text: Line }, 'LineEdit');

const InstallInput: t.Type<InstallInput> = closed(
  {
    path: RelativePath,
    from: AbsolutePath,
    digest: Digest,
    hashed: Digest,
    executable: t.boolean,
    edits: list(LineEdit),
  },
  'InstallInput',
);

const GeneratedFile: t.Type<GeneratedFile> = closed({ path: RelativePath, text: t.string }, 'GeneratedFile');

const LeftOut: t.Type<LeftOut> = closed(
  {
    omit: list(PackageName),
    requested: list(PackageName),
    exclude: list(t.string),
  },
  'LeftOut',
);

const CommandHooks: t.Type<CommandHooks> = closed(
  { before: list(t.string), after: list(t.string) },
  'CommandHooks',
);

const Mount: t.Type<Mount> = closed(
  {
    source: MountSource,
    target: AbsolutePath,
    readOnly: t.boolean,
  },
  'Mount',
);

const DockerInstall: t.Type<DockerInstall> = closed(
  {
    image: PlainArgument,
    platform: PlainArgument,
    user: nullable(PlainArgument),
    network: nullable(PlainArgument),
    securityOpt: nullable(PlainArgument),
    capAdd: nullable(list(Capability)),
    pidsLimit: PidsLimit,
    memory: nullable(MemoryLimit),
    volumesFrom: list(PlainArgument),
    fileAccess: t.keyof({ bind: null, copy: null }),
    mounts: list(Mount),
    environment: list(EnvironmentName),
    workingDirectory: AbsolutePath,
    entrypoint: nullable(list(t.string)),
    command: list(t.string),
    argv: list(t.string),
  },
  'DockerInstall',
);

const Always = closed(
  {
    executor: t.keyof({ auto: null, host: null, docker: null, buildkit: null }),
    sdist: t.keyof({ forbid: null, docker: null, host: null }),
    declaration: nullable(AbsolutePath),
    inputs: list(InstallInput),
    generated: list(GeneratedFile),
    requirements: list(RelativePath),
    isLocked: t.boolean,
    isHashed: t.boolean,
    isExact: t.boolean,
    resolvedAsOf: nullable(Moment),
    leftOut: LeftOut,
    declared: DeclaredContent,
    hooks: CommandHooks,
    isWhole: t.boolean,
    workingDirectory: RelativeFolder,
    mayBeEmpty: t.boolean,
    host: HostInstall,
    docker: DockerInstall,
  },
  'InstallPlan',
);

export const InstallPlan: t.Type<InstallPlan> = withOptional(Always, {
  pinned: Pinned,
  git: list(GitMetadata),
  unshipped: list(RelativePath),
  runs: list(list(RelativePath)),
  credentials: list(IndexCredentials),
  furtherIndexes: t.literal(true),
  uv: UvSettings,
  ...INSTALL_CHOICE,
});
