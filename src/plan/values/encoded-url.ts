/** A percent-encoded text as it is, and with its hexadecimal digits in lower and in upper case. */
export const inEitherCase = (encoded: string): readonly string[] => [
  encoded,
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toLowerCase()),
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toUpperCase()),
];

/** The percent-encoded spellings of a text. A lone surrogate has no encoding, so a text with one stays as it is. */
export const encodedWith = (encode: (text: string) => string, text: string): readonly string[] => {
  try {
    return inEitherCase(encode(text));
  } catch {
    return [text];
  }
};
