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
  /** Whether there are further distributions, given by a path or URL without their names. */
  readonly hasUnnamed: boolean;
}

export const Pinned: t.Type<Pinned> = closed({ names: list(PackageName), hasUnnamed: t.boolean }, 'Pinned');
