/**
 * A Python string or comment. An unterminated string extends to the end of the text, or of the line where it must end
 * there. No part of the expression takes one character at a time: such a part overflows the stack on a string of ten
 * megabytes.
 */
export const STRING_OR_COMMENT =
  /"""[^"\\]*(?:(?:\\[^]?|"(?!""))[^"\\]*)*(?:"""|(?![^]))|'''[^'\\]*(?:(?:\\[^]?|'(?!''))[^'\\]*)*(?:'''|(?![^]))|"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?|#.*/;
