import { STRING_OR_COMMENT } from './string-or-comment';

/**
 * Strings and comments, so that their content is not mistaken for a definition; and a `def` at the start of a line, which
 * outside of them is always at the top level of the module.
 */
const TOKENS = new RegExp(
  [STRING_OR_COMMENT, /^(?:async[ \t]+)?def[ \t]+(?<defined>[\p{L}\p{N}_]+)[ \t]*\(/u]
    .map(({ source }) => source)
    .join('|'),
  'gmu',
);

/**
 * Whether a module plainly defines a function at its top level. It needs no parser for nearly every handler. False
 * where the parser must decide, as for an assignment (`handler = wrap(f)`) or a function in an `if`.
 */
export const plainlyDefines = (source: string, name: string): boolean => {
  for (const { groups } of source.matchAll(TOKENS)) if (groups?.defined === name) return true;
  return false;
};
