import * as t from 'io-ts';
import { AbsolutePath, closed, Digest, list, nullable, RelativeFolder } from '../values/codecs';

/**
 * Metadata of a Git repository that builds of local packages take their version from.
 *
 * @since 0.1.0
 */
export interface GitMetadata {
  /** Folder of the repository among the gathered inputs, with `/`. */
  readonly path: string;
  /** Absolute path of the repository's root. */
  readonly from: string;
  /** SHA-256 of the commit, the tags, and the branch where the packages ask for it. */
  readonly digest: string;
  /** The branch; null where the packages do not ask for it, so that a checkout of the commit alone gives the same. */
  readonly branch: string | null;
  /** Folders of the packages, as seen from the root. */
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
