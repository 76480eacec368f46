import * as t from 'io-ts';
import { closed, Natural } from './codecs';

/**
 * An import of a module whose name only a run tells, in a function around which a project lies that is not used: it may need it.
 *
 * @since 0.1.0
 */
export interface ComputedImport {
  readonly _tag: 'ComputedImport';
  /** Absolute path of the module that has the import. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Absolute path of the declaration that is not used. */
  readonly unused: string;
  /** How `dependencies.from` names that declaration. */
  readonly from: string;
}

export const ComputedImport: t.Type<ComputedImport> = closed(
  { _tag: t.literal('ComputedImport'), file: t.string, line: Natural, unused: t.string, from: t.string },
  'ComputedImport',
);

export const showComputedImport = ({ file, line, unused, from }: ComputedImport): string =>
  `${file}:${line} imports a module whose name is computed, so nothing tells whether it needs the project above: ${unused} is not used. ` +
  `If it needs it, set \`dependencies.from\` to "${from}". If not, acknowledge this warning.`;
