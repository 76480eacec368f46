import * as t from 'io-ts';
import { closed, list, PackageName } from '../values/codecs';

/**
 * The distributions that a declaration fixes.
 *
 * @since 0.1.0
 */
export interface Pinned {
  /** Normalized names, in order. */
  readonly names: readonly string[];
  /** Whether there are others, given by a path or a URL that does not say what they are called. */
  readonly hasUnnamed: boolean;
}

export const Pinned: t.Type<Pinned> = closed({ names: list(PackageName), hasUnnamed: t.boolean }, 'Pinned');
