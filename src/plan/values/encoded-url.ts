/** A text with the hexadecimal digits of its percent signs in either case. */
export const inEitherCase = (encoded: string): readonly string[] => [
  encoded,
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toLowerCase()),
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toUpperCase()),
];

/** A text as URLs have it. Half of a pair of code units has no encoding. */
export const encodedWith = (encode: (text: string) => string, text: string): readonly string[] => {
  try {
    return inEitherCase(encode(text));
  } catch {
    return [text];
  }
};
