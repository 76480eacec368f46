/** A text's UTF-8 in base64, as headers have it; `Buffer` is node's. */
export const toBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
