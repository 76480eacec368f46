/**
 * Base64 of a secret inside a longer text, such as `user:secret`. Four letters encode three bytes, so there are three
 * offsets at which the secret can begin. Letters at its ends that also depend on its neighbours are left out.
 */
const inside = (secret: string): readonly string[] => {
  const bytes = new TextEncoder().encode(secret).length;
  return [0, 1, 2].map((before) => {
    const letters = toBase64('x'.repeat(before) + secret).replace(/=+$/, '');
    return letters.slice(before === 0 ? 0 : before + 1, (before + bytes) % 3 === 0 ? undefined : -1);
  });
};

/** A secret in base64: alone, and as a part of a longer text. */
export const base64Traces = (secret: string): readonly string[] => [toBase64(secret), ...inside(secret)];

/** A text made ready for a search of base64: in the standard alphabet and without line breaks. */
export const flattened = (text: string): string =>
  text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');

/** A pattern that finds base64 as programs print it: in either alphabet, and in lines that may be indented. */
export const writtenBase64 = (letters: string): RegExp =>
  new RegExp(
    Array.from(letters, (letter) => ({ '+': '[+-]', '/': '[/_]' })[letter] ?? letter).join('\\s*'),
    'g',
  );

/** The base64 of a text's UTF-8 bytes, as HTTP headers have it. `Buffer` would need Node.js. */
export const toBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
