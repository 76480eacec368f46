import * as t from 'io-ts';
import { AbsolutePath, closed, Digest, list, nullable, RelativeFolder } from '../values/codecs';

/**
 * Metadata of a Git repository. Builds of local packages take their version from it.
 *
 * @since 0.1.0
 */
export interface GitMetadata {
  /** Folder of the repository among the gathered inputs, with `/`. */
  readonly path: string;
  /** Absolute path of the repository's root. */
  readonly from: string;
  /** SHA-256 of the commit, the tags, and the branch if the packages use it. */
  readonly digest: string;
  /** The branch; null if the packages do not use it, so that a checkout of the commit alone has the same digest. */
  readonly branch: string | null;
  /** Folders of the packages, relative to the root. */
  readonly packages: readonly string[];
}

export const GitMetadata: t.Type<GitMetadata> = closed(
  {
    path: RelativeFolder,
    from: AbsolutePath,
    digest: Digest,
    branch: nullable(t.string),
    packages: list(RelativeFolder),
  },
  'GitMetadata',
);
