/** The base64 of a text's UTF-8 bytes, as HTTP headers have it. `Buffer` would need Node.js. */
export const toBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
