/**
 * Takes user names and passwords out of URLs: they are no part of what a URL names, and must not be printed or hashed.
 * All before the last `@` of a URL's authority is taken, as pip does: a password may have an `@` in it.
 */
export const redactUrls = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"<>]*@/gi, '$1');
