import * as t from 'io-ts';
import { closed, Natural, withOptional } from '../values/codecs';

/**
 * An import of which nothing tells whether it needs the project around the function, which is not used: only a run tells the name of the
 * module, or no name tells which distribution has it, and the module works without it.
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
  /** The module that it tries. @default only a run tells its name */
  readonly module?: string;
}

export const ComputedImport: t.Type<ComputedImport> = withOptional(
  closed(
    { _tag: t.literal('ComputedImport'), file: t.string, line: Natural, unused: t.string, from: t.string },
    'ComputedImport',
  ),
  { module: t.string },
);

export const showComputedImport = ({ file, line, unused, from, module }: ComputedImport): string =>
  `${file}:${line} ${reasonFor(module)}: ${unused} is not used. ` +
  `If it needs it, set \`dependencies.from\` to "${from}". If not, acknowledge this warning.`;

const reasonFor = (module: string | undefined): string =>
  module === undefined
    ? 'imports a module whose name is computed, so nothing tells whether it needs the project above'
    : `tries to import ${module}, and works without it. No name tells whether the project above has it`;
