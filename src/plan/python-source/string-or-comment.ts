/**
 * A string or a comment of Python. An unterminated string ends with the text, or with the line where it may not be
 * longer. No part of the expression takes one character at a time: such a part runs out of stack on a string of ten megabytes.
 */
export const STRING_OR_COMMENT =
  /"""[^"\\]*(?:(?:\\[^]?|"(?!""))[^"\\]*)*(?:"""|(?![^]))|'''[^'\\]*(?:(?:\\[^]?|'(?!''))[^'\\]*)*(?:'''|(?![^]))|"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?|#.*/;
