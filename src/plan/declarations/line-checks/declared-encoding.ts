/**
 * The first two lines of a requirements file may name an encoding, as in Python source (PEP 263). pip reads the file in
 * that encoding, uv and this library read UTF-8. In another encoding pip may see lines that no one else sees.
 */
const CODING = /coding[:=]\s*([-\w.]+)/;

/** Encodings in which UTF-8 text either reads the same or cannot be read. */
const SAME = /^(utf[-_]?8|(us-)?ascii)$/i;

/** The encoding, other than UTF-8, that a requirements file names, and its line, counted from 1. */
export const otherEncoding = (
  lines: readonly string[],
): { readonly line: number; readonly encoding: string } | undefined => {
  for (const [index, text] of lines.slice(0, 2).entries()) {
    const [, encoding] = text.startsWith('#') ? (CODING.exec(text) ?? []) : [];
    if (encoding !== undefined && !SAME.test(encoding)) return { line: index + 1, encoding };
  }
  return undefined;
};
