import { decodedUrl } from './decoded-url';

/**
 * Takes user names and passwords out of URLs: they are no part of what a URL names, and must not be printed or hashed.
 * All before the last `@` of a URL's authority is taken, as pip does: a password may have an `@` in it.
 */
export const redactUrls = (text: string): string =>
  // Begins at the colon and not at the scheme: of a long word each letter might begin one, and each would be followed to its end.
  text.replace(/(?<=[a-z0-9+.-]:\/\/)[^\s/?#"<>]*@/gi, '');

/** Shorter values are words that messages have for other reasons, such as `5` or `C.UTF-8`. */
const SHORTEST_SECRET = 8;

/** What of a variable's value may be a secret: all of it, of a URL the user name and the password, of a path nothing. */
const secretsIn = (value: string): readonly string[] => {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:([^\s/?#]*)@)?/i.exec(value);
  if (url === null) return /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(value) ? [] : [value];
  const [user = '', ...password] = (url[1] ?? '').split(':');
  return [user, password.join(':')].flatMap((secret) => [secret, decodedUrl(secret)]);
};

/**
 * Puts the names of variables in the place of their values, where those may be secrets: tools also print what they have
 * put together from them. What is a path, or too short to be a secret, stays.
 */
export const redactValues = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) =>
      value.split(/\s+/).flatMap((part) => secretsIn(part).map((secret) => [name, secret] as const)),
    )
    .filter(([, secret]) => secret.length >= SHORTEST_SECRET)
    .sort(([, a], [, b]) => b.length - a.length)
    .reduce((redacted, [name, secret]) => redacted.replaceAll(secret, `\${${name}}`), text);
