import { toBase64 } from './base64';

/**
 * Base64 of any text that a secret is a part of, such as `user:secret`: a group of letters stands for three bytes, so the secret
 * begins at one of three places in a group. The letters at its ends that depend on its neighbours are not in it.
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

/** A text in which base64 can be looked for: in one alphabet, and without the line breaks that programs put into it. */
export const flattened = (text: string): string =>
  text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/');

/** A pattern that finds base64 as a program has written it: in either alphabet, in lines that may be indented. */
export const writtenBase64 = (letters: string): RegExp =>
  new RegExp(
    Array.from(letters, (letter) => ({ '+': '[+-]', '/': '[/_]' })[letter] ?? letter).join('\\s*'),
    'g',
  );
