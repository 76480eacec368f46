/** A percent-encoded text with its hexadecimal digits in lower and in upper case. */
export const inEitherCase = (encoded: string): readonly string[] => [
  encoded,
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toLowerCase()),
  encoded.replace(/%[0-9A-F]{2}/gi, (code) => code.toUpperCase()),
];

/** A percent-encoded text. Half of a surrogate pair cannot be encoded. */
export const encodedWith = (encode: (text: string) => string, text: string): readonly string[] => {
  try {
    return inEitherCase(encode(text));
  } catch {
    return [text];
  }
};
