/**
 * Strings and comments, so that nothing in them is taken for a definition; and a `def` at the start of a line, which
 * outside of them is always one of the module itself. A string that is not ended goes on to the end of the text, or of
 * the line where it may not be longer.
 */
const TOKENS =
  /("""|''')(?:[^\\]|\\[^]?)*?(?:\1|(?![^]))|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|#.*|^(?:async[ \t]+)?def[ \t]+([\p{L}\p{N}_]+)[ \t]*\(/gmu;

/**
 * Whether a module plainly defines a function at its top level: told without a parser, for nearly every handler. False
 * where it takes a closer look, as for an assignment (`handler = wrap(f)`) or a function in an `if`.
 */
export const plainlyDefines = (source: string, name: string): boolean => {
  for (const [, , defined] of source.matchAll(TOKENS)) if (defined === name) return true;
  return false;
};
