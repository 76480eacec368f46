import * as t from 'io-ts';
import { AbsolutePath, closed, Digest, list, nullable } from '../values/codecs';
import { DeclaredVariables } from '../variables/declared-variables';

/**
 * A file or folder that is read where it lies, and what it held when it was planned.
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
 * What decides the content of an install and is no file of the plan.
 *
 * @since 0.1.0
 */
export interface DeclaredContent {
  /** Null where no variable counts. */
  readonly variables: DeclaredVariables | null;
  /**
   * Local folders that are asked as package indexes, and files that variables of installers name. The path is null where a
   * variable has it: a plan holds no values.
   */
  readonly indexes: readonly IndexDigest[];
  /** Read-only volumes whose content counts. */
  readonly mounts: readonly PlaceDigest[];
  /** `bundling.volumesDigest`; null where it is not given. */
  readonly volumesDigest: string | null;
  /**
   * The label of the one function that the bundle is for, where a mount has content that nothing tells; null where others may
   * share it.
   */
  readonly onlyFor: string | null;
}

/**
 * The same of a package index.
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
