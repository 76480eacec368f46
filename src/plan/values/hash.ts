import { createHash } from 'node:crypto';

/** The SHA-256 digest of bytes, or of a text's UTF-8 bytes, in hexadecimal. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/**
 * Orders by UTF-16 code unit, so the order is the same in every locale. The order of a directory listing varies and
 * must not reach a hash.
 */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
