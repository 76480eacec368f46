import * as t from 'io-ts';
import { closed, Natural, withOptional } from '../values/codecs';

/**
 * An import that may need the project around the function, although that project is not used. Either the name of the
 * module is computed, or the import is optional and its distribution is not known.
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
  /** The module that it tries to import. @default - its name is computed */
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
  `If it is needed, set \`dependencies.from\` to "${from}". If not, acknowledge this warning.`;

const reasonFor = (module: string | undefined): string =>
  module === undefined
    ? 'imports a module whose name is computed, so it is not known whether it needs the project above'
    : `tries to import ${module}, and works without it. It is not known whether the project above has it`;
