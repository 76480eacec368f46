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
 * One replaced line (or continued line) of a requirements file.
 *
 * @since 0.1.0
 */
export interface LineEdit {
  /** First and last line that are replaced, from 1. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * A file that the installer reads: a requirements file or a part of a local package.
 *
 * @since 0.1.0
 */
export interface InstallInput {
  /** Path in the folder in which the installer's inputs are gathered, with `/`. */
  readonly path: string;
  /** Absolute path it is read from. */
  readonly from: string;
  /** SHA-256 of what is read; another content stops the install. */
  readonly digest: string;
  /** SHA-256 of what decides what is installed: of a requirements file its text after the edits, without credentials. */
  readonly hashed: string;
  readonly executable: boolean;
  /** Lines written anew: paths that only hold on this machine, and `-e`, which Lambda cannot follow. */
  readonly edits: readonly LineEdit[];
}

/**
 * A requirements file that is no file of the user's: what a lock or a project declares, for the target.
 *
 * @since 0.1.0
 */
export interface GeneratedFile {
  /** Path among the gathered inputs, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * What is taken out of the modules after the install.
 *
 * @since 0.1.0
 */
export interface LeftOut {
  /** Distributions, with what only they need. */
  readonly omit: readonly string[];
  /** Normalized names of the distributions that are asked for by name and stay; those they need stay as well. */
  readonly requested: readonly string[];
  /** Files, as `.gitignore` patterns relative to the modules' folder; metadata (`*.dist-info`) always stays. */
  readonly exclude: readonly string[];
}

/**
 * A folder that a build container sees.
 *
 * @since 0.1.0
 */
export interface Mount {
  /**
   * A folder that is made for the run: `input` (the gathered inputs), `output` (where the modules go), `bytecode`,
   * `tools` (scripts of this library, and uv), `cache` (downloads); otherwise an absolute path of the engine's machine.
   */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/**
 * How a container installs.
 *
 * @since 0.1.0
 */
export interface DockerInstall {
  readonly image: string;
  readonly platform: string;
  /** @default the invoking user */
  readonly user: string | null;
  readonly network: string | null;
  /** Beside `no-new-privileges`, or in its place where it says something of that. */
  readonly securityOpt: string | null;
  /** @default none; those of the engine where `user` is root */
  readonly capAdd: readonly string[] | null;
  /** The most processes at once; -1 for as many as there may be. */
  readonly pidsLimit: number;
  /** @default as much as there is */
  readonly memory: string | null;
  readonly volumesFrom: readonly string[];
  readonly fileAccess: FileAccess;
  readonly mounts: readonly Mount[];
  /** Names only: the engine's client takes the values from its own environment. */
  readonly environment: readonly string[];
  readonly workingDirectory: string;
  /** @default that of the image */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[];
  /** The whole `docker` argv as the fields above give it; `{input}`, `{output}`, `{user}` … are filled in at the run. */
  readonly argv: readonly string[];
}

/**
 * How the modules of a requirements file get into a folder.
 *
 * @since 0.1.0
 */
export interface InstallPlan extends InstallChoice {
  readonly executor: ExecutorName;
  /** Where distributions may be built that have no wheel. */
  readonly sdist: SdistPolicy;
  /** Absolute path of the file that declares the dependencies, for messages; null where only commands run. */
  readonly declaration: string | null;
  readonly inputs: readonly InstallInput[];
  readonly generated: readonly GeneratedFile[];
  /** The requirements files, as seen from the working directory; apart where pip takes none without a hash beside one with it. */
  readonly requirements: readonly string[];
  /**
   * The same files, by which of them an installer takes in one run: those of a run ask the same indexes. pip takes each file in
   * a run of its own.
   *
   * @default all in one run
   */
  readonly runs?: readonly (readonly string[])[];
  /** From which variables the indexes of a lock get user names and passwords; no value is in a plan. @default from none */
  readonly credentials?: readonly IndexCredentials[];
  /**
   * Of a lock, whether further indexes of the machine are asked as well: the lock does not say where each package comes from, or
   * something is built.
   *
   * @default false
   */
  readonly furtherIndexes?: true;
  /** Whether the requirements are a whole lock, of which nothing is resolved any more. */
  readonly isLocked: boolean;
  /** Whether every file is checked against a declared hash, and nothing declared is built: installers refuse what has no hash. */
  readonly isHashed: boolean;
  /** Whether that is one hash for each, so that no index decides which of several files is taken. */
  readonly isExact: boolean;
  /** The moment as of which indexes are asked (RFC 3339); null for now, and for a lock. */
  readonly resolvedAsOf: string | null;
  readonly leftOut: LeftOut;
  /** What counts besides files. */
  readonly declared: DeclaredContent;
  /**
   * Commands before and after the install. Where there are any, or the container has a command of its own, the whole bundle is built
   * in one folder, the user's files included, and kept under a key of its own.
   */
  readonly hooks: CommandHooks;
  /** Whether the user's files are a part of what is built, and not put beside it. */
  readonly isWhole: boolean;
  /** Folder inside the gathered inputs in which the installer runs. */
  readonly workingDirectory: string;
  /** Whether nothing at all may come out: every requirement has a marker. */
  readonly mayBeEmpty: boolean;
  /** What local packages take their version from. @default none does */
  readonly git?: readonly GitMetadata[];
  /**
   * Of a whole build, the sources that declare the dependencies: commands see them, and they do not ship.
   *
   * @default none does
   */
  readonly unshipped?: readonly string[];
  /** What alone may be installed; only set where `requirePinned` is, and nothing but the lines themselves fixes it. */
  readonly pinned?: Pinned;
  /** What `[tool.uv]` says of the install; only uv can honour it. @default nothing */
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
