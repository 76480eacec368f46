import { createHash } from 'node:crypto';

/** The SHA-256 digest of some bytes or of a text's UTF-8 bytes, in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/**
 * Orders by UTF-16 code unit: the same on every machine, whatever its locale.
 * A directory listing comes in any order and must not reach a hash.
 */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
