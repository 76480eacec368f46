import * as t from 'io-ts';
import { AbsolutePath, closed, Digest, list, nullable } from '../values/codecs';
import { DeclaredVariables } from '../variables/declared-variables';

/**
 * A file or folder that an install reads in its place, with a digest of its content at planning.
 *
 * @since 0.1.0
 */
export interface PlaceDigest {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of names, kinds and contents. */
  readonly digest: string;
}

/**
 * Everything besides the plan's files that decides the content of an install.
 *
 * @since 0.1.0
 */
export interface DeclaredContent {
  /** Null if no variable counts. */
  readonly variables: DeclaredVariables | null;
  /**
   * Local folders that are package indexes, and files that variables of installers name. The path is null if a variable
   * has it: a plan has no values of variables.
   */
  readonly indexes: readonly IndexDigest[];
  /** Read-only volumes whose content counts. */
  readonly mounts: readonly PlaceDigest[];
  /** `bundling.volumesDigest`; null if it is not set. */
  readonly volumesDigest: string | null;
  /**
   * The label of the only function that may use the bundle, because the content of a mount is not known; null if
   * functions may share the bundle.
   */
  readonly onlyFor: string | null;
}

/**
 * A package index or an installer's file, with a digest of its content at planning.
 *
 * @since 0.1.0
 */
export interface IndexDigest {
  readonly path: string | null;
  readonly digest: string;
}

const IndexDigest: t.Type<IndexDigest> = closed(
  { path: nullable(AbsolutePath), digest: Digest },
  'IndexDigest',
);

const PlaceDigest: t.Type<PlaceDigest> = closed({ path: AbsolutePath, digest: Digest }, 'PlaceDigest');

export const DeclaredContent: t.Type<DeclaredContent> = closed(
  {
    variables: nullable(DeclaredVariables),
    indexes: list(IndexDigest),
    mounts: list(PlaceDigest),
    volumesDigest: nullable(t.string),
    onlyFor: nullable(t.string),
  },
  'DeclaredContent',
);

export const NOTHING_DECLARED: DeclaredContent = {
  variables: null,
  indexes: [],
  mounts: [],
  volumesDigest: null,
  onlyFor: null,
};
