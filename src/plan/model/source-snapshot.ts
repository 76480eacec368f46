import type { SourceFile } from './bundle-plan';
import type { ComputedImport } from '../errors/computed-import';
import type { NeededDeclaration } from '../imports/needed-import';
import type { NativeFile } from './native-code';
import type { PlanError } from '../errors/plan-error';
import type { DeclarationKind } from '../request/declaration-kind';

/**
 * A file that was read: its path with `/`, relative to whatever holds the list.
 *
 * @since 0.1.0
 */
export interface SnapshotFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Whether its owner may execute it; the only part of a mode that ships. */
  readonly executable: boolean;
  /** SHA-256 of the content. */
  readonly digest: string;
  /** What it asks of the machine that loads it, if it is native code. @default it is none, or nobody asked */
  readonly native?: NativeFile;
}

/**
 * A file from elsewhere, at its place in the bundle.
 *
 * @since 0.1.0
 */
export type IncludedFile = SourceFile & Pick<SnapshotFile, 'native'>;

/**
 * The entry as it was found.
 *
 * @since 0.1.0
 */
export interface SnapshotEntry {
  /** Absolute path of the source root: the folder whose files go into the bundle. */
  readonly root: string;
  /** Path of the entry relative to the root, with `/`; null for a layer, whose entry is the root. */
  readonly path: string | null;
  /** The entry's text; empty for a layer. */
  readonly source: string;
}

/**
 * A requirements or constraints file and its text.
 *
 * @since 0.1.0
 */
export interface RequirementsText {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly digest: string;
}

/**
 * A folder or an archive of this machine that a requirements file names.
 *
 * @since 0.1.0
 */
export interface LocalPackage {
  /** Absolute path. */
  readonly path: string;
  /** The distribution's name, null where it is not written down. */
  readonly name: string | null;
  /**
   * A folder's files, or the one archive, whose path is its base name. Paths of files outside of the folder that its
   * configuration names begin with `../`.
   */
  readonly files: readonly SnapshotFile[];
  readonly kind: 'folder' | 'file';
  /** The text of a folder's pyproject.toml, which may name other local packages. @default it has none */
  readonly pyproject?: string;
  /**
   * The script of its build that computes a folder above the package's, where no file outside can be told from what is
   * written: a path relative to the package's folder. @default there is no such script
   */
  readonly climbing?: string;
  /** The repository that its build takes a version from. @default it takes none */
  readonly git?: SnapshotGit;
  /** The uv workspace that a folder is in. @default it is in none */
  readonly workspace?: UvWorkspace;
}

/**
 * What a Git repository has checked out.
 *
 * @since 0.1.0
 */
export interface SnapshotGit {
  /** Absolute path. */
  readonly root: string;
  /** SHA-256 of the commit, the tags, and the branch if that is given. */
  readonly digest: string;
  /** Null where it does not count. */
  readonly branch: string | null;
}

/**
 * A uv workspace, whose members may name each other (`workspace = true`).
 *
 * @since 0.1.0
 */
export interface UvWorkspace {
  /** Its pyproject.toml. */
  readonly root: ProjectFile;
  /** The root among them, if it is a project: normalized names, and absolute paths of folders. */
  readonly members: readonly { readonly name: string; readonly path: string }[];
}

/**
 * `requirements.txt` beside the entry, with all that it includes or points to.
 *
 * @since 0.1.0
 */
export interface RequirementsSnapshot {
  /** The first is the one beside the entry. */
  readonly texts: readonly [RequirementsText, ...RequirementsText[]];
  readonly localPackages: readonly LocalPackage[];
}

/**
 * A file that declares dependencies, and its text.
 *
 * @since 0.1.0
 */
export interface ProjectFile {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
}

/**
 * What declares the dependencies where no requirements file does: the entry's own metadata (PEP 723), a lock file with its
 * manifest, or `pyproject.toml` alone.
 *
 * @since 0.1.0
 */
export interface ProjectDeclaration {
  readonly kind: DeclarationKind;
  /** The lock; where there is none, `pyproject.toml` or the entry. */
  readonly source: ProjectFile;
  /** What the lock was made from, such as a `pyproject.toml` or a `Pipfile`; null where none is there. */
  readonly manifest: ProjectFile | null;
  /** The pyproject.toml of the uv workspace that the project is in. @default the project itself, or there is none */
  readonly root?: ProjectFile;
  /** The poetry.toml or pdm.toml beside the manifest, for a lock of that tool. @default none is there */
  readonly settings?: ProjectFile;
  /** The same with all that it includes, where it is a requirements file. @default it is none */
  readonly requirements?: RequirementsSnapshot;
  /** Folders and archives of this machine that may be installed. */
  readonly localPackages: readonly LocalPackage[];
}

/**
 * A file or folder that is named for what it holds and read where it lies: a package index, or a volume.
 *
 * @since 0.1.0
 */
export interface SnapshotPlace {
  /** Absolute, as it is named. */
  readonly path: string;
  /** SHA-256 of names, kinds and contents; null where the content cannot count. */
  readonly digest: string | null;
  /** Why it cannot count; empty where it does. */
  readonly reason: string;
}

/**
 * A local package index, or a file that an installer reads by a variable.
 *
 * @since 0.1.0
 */
interface SnapshotIndex extends SnapshotPlace {
  /** Whether only a variable names it. */
  readonly byVariable: boolean;
}

/**
 * What a survey saw of the disk: the only thing besides the request that a plan depends on.
 *
 * @since 0.1.0
 */
export interface SourceSnapshot {
  /** Files from elsewhere, at their place in the bundle. @default none */
  readonly included?: readonly IncludedFile[];
  readonly entry: SnapshotEntry | null;
  /** All files of the source root that are not ignored, the entry included. */
  readonly files: readonly SnapshotFile[];
  /** The project further up whose dependencies are not needed, or that has none; what it says of its Python counts. @default none */
  readonly enclosing?: ProjectDeclaration;
  /** Why a declaration further up is used. @default none is: the declaration lies beside the entry, or is named */
  readonly needed?: NeededDeclaration;
  /** Why nothing tells whether a declaration further up is needed, which is not used. @default there is no such import */
  readonly computedImport?: ComputedImport;
  /** The text of the nearest `.python-version`, beside the entry or further up. */
  readonly pythonVersion: { readonly file: string; readonly text: string } | null;
  readonly requirements: RequirementsSnapshot | null;
  /** What declares the dependencies where `requirements` is null; null where nothing does. */
  readonly project: ProjectDeclaration | null;
  /** The files beside the entry that declare dependencies, used or not: paths relative to the root. @default none is there */
  readonly beside?: readonly string[];
  /** Absolute paths of declarations that are there as well and are not used. */
  readonly unused: readonly string[];
  /** Folders of this machine that are package indexes, and files that variables of installers name. @default none */
  readonly indexes?: readonly SnapshotIndex[];
  /** Volumes that are read-only. @default none */
  readonly mounts?: readonly SnapshotPlace[];
  /** What could not be read, each with its reason. */
  readonly problems: readonly PlanError[];
}
