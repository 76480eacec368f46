/**
 * The first two lines of a requirements file may name an encoding, as those of Python source (PEP 263). pip reads the file in it; uv
 * and this library read UTF-8. In another one pip may see lines that no one else sees.
 */
const CODING = /coding[:=]\s*([-\w.]+)/;

/** Encodings in which a text of UTF-8 reads the same, or does not read at all. */
const SAME = /^(utf[-_]?8|(us-)?ascii)$/i;

/** The encoding other than UTF-8 that a requirements file names, and in which line, counted from 1. */
export const otherEncoding = (
  lines: readonly string[],
): { readonly line: number; readonly encoding: string } | undefined => {
  for (const [index, text] of lines.slice(0, 2).entries()) {
    const [, encoding] = text.startsWith('#') ? (CODING.exec(text) ?? []) : [];
    if (encoding !== undefined && !SAME.test(encoding)) return { line: index + 1, encoding };
  }
  return undefined;
};
