import { toBase64 } from './base64';

/**
 * The base64 letters that every text with a secret in it shares, such as `user:secret`. A group of letters stands for three bytes, so the secret
 * begins at one of three places in a group. The letters at both ends depend on the text around the secret and are left out.
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

/** A text ready for a search for base64: in one alphabet, without line breaks. */
export const flattened = (text: string): string =>
  text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');

/** A pattern for base64 as programs write it: in either alphabet, in lines that may be indented. */
export const writtenBase64 = (letters: string): RegExp =>
  new RegExp(
    Array.from(letters, (letter) => ({ '+': '[+-]', '/': '[/_]' })[letter] ?? letter).join('\\s*'),
    'g',
  );
