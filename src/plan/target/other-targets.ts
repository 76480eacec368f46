import * as t from 'io-ts';
import { ArchitectureName } from './architecture';
import { closed, list, PlainArgument } from '../values/codecs';

/**
 * The further targets that a layer declares, besides the target that it is bundled for.
 *
 * @since 0.1.0
 */
export interface OtherTargets {
  readonly architectures: readonly ArchitectureName[];
  /** Lambda's identifiers. */
  readonly runtimes: readonly string[];
}

/** Of a function, and of a layer for one runtime on one architecture. */
export const NO_OTHER_TARGETS: OtherTargets = { architectures: [], runtimes: [] };

export const hasOtherTargets = ({ architectures, runtimes }: OtherTargets): boolean =>
  architectures.length + runtimes.length > 0;

export const OtherTargets: t.Type<OtherTargets> = closed(
  { architectures: list(ArchitectureName), runtimes: list(PlainArgument) },
  'OtherTargets',
);
