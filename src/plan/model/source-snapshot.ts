import type { SourceFile } from './bundle-plan';
import type { ComputedImport } from '../errors/computed-import';
import type { NeededDeclaration } from '../imports/needed-import';
import type { NativeFile } from './native-code';
import type { PlanError } from '../errors/plan-error';
import type { DeclarationKind } from '../request/declaration-kind';

/**
 * A file that was read. Its path has `/` and is relative to the folder of the list.
 *
 * @since 0.1.0
 */
export interface SnapshotFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Whether its owner may execute it. No other part of its mode goes into the bundle. */
  readonly executable: boolean;
  /** SHA-256 of the content. */
  readonly digest: string;
  /** The requirements of native code on the machine that loads it. @default - not native code, or not read */
  readonly native?: NativeFile;
}

/**
 * An included file from another folder, with its path in the bundle.
 *
 * @since 0.1.0
 */
export type IncludedFile = SourceFile & Pick<SnapshotFile, 'native'>;

/**
 * The entry that was found.
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
 * A folder or an archive of this machine that a declaration names.
 *
 * @since 0.1.0
 */
export interface LocalPackage {
  /** Absolute path. */
  readonly path: string;
  /** The distribution's name; null if no file says it. */
  readonly name: string | null;
  /**
   * A folder's files, or the one archive, whose path is its base name. The folder's configuration may name files
   * outside the folder: their paths begin with `../`.
   */
  readonly files: readonly SnapshotFile[];
  readonly kind: 'folder' | 'file';
  /** The text of a folder's pyproject.toml, which may name other local packages. @default - there is no such file */
  readonly pyproject?: string;
  /**
   * The build script that computes a folder above the package and names no file there: a path relative to the package's
   * folder.
   *
   * @default - there is no such script
   */
  readonly climbing?: string;
  /** The repository from which its build takes the version. @default - none */
  readonly git?: SnapshotGit;
  /** The uv workspace of a folder. @default - none */
  readonly workspace?: UvWorkspace;
}

/**
 * The checkout of a Git repository.
 *
 * @since 0.1.0
 */
export interface SnapshotGit {
  /** Absolute path. */
  readonly root: string;
  /** SHA-256 of the commit, the tags, and the branch if it is not null. */
  readonly digest: string;
  /** Null if the branch does not count. */
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
  /** Normalized names, and absolute paths of folders. A root that is a project is a member as well. */
  readonly members: readonly { readonly name: string; readonly path: string }[];
}

/**
 * The `requirements.txt` beside the entry, with all files that it includes or names.
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
 * A declaration that is not a requirements file: the entry's own metadata (PEP 723), a lock with its manifest, or
 * `pyproject.toml` alone.
 *
 * @since 0.1.0
 */
export interface ProjectDeclaration {
  readonly kind: DeclarationKind;
  /** The lock; without a lock, `pyproject.toml` or the entry. */
  readonly source: ProjectFile;
  /** The `pyproject.toml` or `Pipfile` of the lock; null if it does not exist. */
  readonly manifest: ProjectFile | null;
  /** The pyproject.toml of the project's uv workspace. @default - the project is the root, or in no workspace */
  readonly root?: ProjectFile;
  /** The poetry.toml or pdm.toml beside the manifest, for a lock of that tool. @default - there is no such file */
  readonly settings?: ProjectFile;
  /** Of a requirements file, the file with all that it includes. @default - it is not a requirements file */
  readonly requirements?: RequirementsSnapshot;
  /** Folders and archives of this machine that may be installed. */
  readonly localPackages: readonly LocalPackage[];
}

/**
 * A file or folder that an install reads in its place, such as a package index or a volume.
 *
 * @since 0.1.0
 */
export interface SnapshotPlace {
  /** Absolute path, as the option or variable names it. */
  readonly path: string;
  /** SHA-256 of names, kinds and contents; null if the content cannot count. */
  readonly digest: string | null;
  /** Why the content cannot count; empty if it counts. */
  readonly reason: string;
}

/**
 * A local package index, or a file that a variable of an installer names.
 *
 * @since 0.1.0
 */
interface SnapshotIndex extends SnapshotPlace {
  /** Whether only a variable names it. */
  readonly byVariable: boolean;
}

/**
 * What a survey read from the disk. A plan depends only on the request and this snapshot.
 *
 * @since 0.1.0
 */
export interface SourceSnapshot {
  /** Included files from other folders. @default - none */
  readonly included?: readonly IncludedFile[];
  readonly entry: SnapshotEntry | null;
  /** All files of the source root that are not ignored, the entry included. */
  readonly files: readonly SnapshotFile[];
  /**
   * The project in a folder above that has no dependencies, or none that are needed. Its `requires-python` counts.
   *
   * @default - none
   */
  readonly enclosing?: ProjectDeclaration;
  /** The import that needs a declaration above. @default - the declaration lies beside the entry, or is named */
  readonly needed?: NeededDeclaration;
  /** The import that may need a declaration above, which is not used. @default - there is no such import */
  readonly computedImport?: ComputedImport;
  /** The text of the nearest `.python-version`, beside the entry or in a folder above. */
  readonly pythonVersion: { readonly file: string; readonly text: string } | null;
  readonly requirements: RequirementsSnapshot | null;
  /** The declaration if `requirements` is null; null if nothing is declared. */
  readonly project: ProjectDeclaration | null;
  /** Paths, relative to the root, of the declarations beside the entry, used or not. @default - none */
  readonly beside?: readonly string[];
  /** Absolute paths of further declarations that are not used. */
  readonly unused: readonly string[];
  /** Folders of this machine that are package indexes, and files that variables of installers name. @default - none */
  readonly indexes?: readonly SnapshotIndex[];
  /** Read-only volumes. @default - none */
  readonly mounts?: readonly SnapshotPlace[];
  /** The errors of files that could not be read. */
  readonly problems: readonly PlanError[];
}
