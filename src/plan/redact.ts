/** Takes user names and passwords out of URLs: they are no part of what a URL names, and must not be printed or hashed. */
export const redactUrls = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, '$1');
