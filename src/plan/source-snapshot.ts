import type { PlanError } from './plan-error';

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
}

/**
 * The entry as it was found.
 *
 * @since 0.1.0
 */
export interface SnapshotEntry {
  /** Absolute path of the source root: the folder whose files go into the bundle. */
  readonly root: string;
  /** Path of the entry relative to the root, with `/`. */
  readonly path: string;
  /** The entry's text. */
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
  /** A folder's files, or the one archive, whose path is its base name. */
  readonly files: readonly SnapshotFile[];
  readonly kind: 'folder' | 'file';
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
 * What a survey saw of the disk: the only thing besides the request that a plan depends on.
 *
 * @since 0.1.0
 */
export interface SourceSnapshot {
  readonly entry: SnapshotEntry | null;
  /** All files of the source root that are not ignored, the entry included. */
  readonly files: readonly SnapshotFile[];
  /** The text of `.python-version` beside the entry. */
  readonly pythonVersion: { readonly file: string; readonly text: string } | null;
  readonly requirements: RequirementsSnapshot | null;
  /** What could not be read, each with its reason. */
  readonly problems: readonly PlanError[];
}
