import { toBase64 } from './base64';
import { mayHoldSecret } from './credential-names';
import { decodedUrl } from './decoded-url';
import { ANY_USER_INFO, readUrl, splitUrl, urlForKey } from './url';

/**
 * Takes user names and passwords out of URLs in a message, also where a URL is one that no program reads. Keys are made with
 * {@link urlForKey}, which takes nothing away that may be a part of the host.
 */
export const redactUrls = (text: string): string => text.replace(ANY_USER_INFO, '');

/** A URL for a message that says what is wrong with it: what may be a password in it is shown as `…`. */
export const shownUrl = (text: string): string =>
  readUrl(text)._tag === 'Right'
    ? urlForKey(text)
    : text.replace(/^([a-z][a-z0-9+.-]*:[/\\]+)?.*@/is, '$1…@');

/** Shorter values are words that messages have for other reasons, such as `5` or `C.UTF-8`. */
const SHORTEST_SECRET = 8;

/** Some indexes have their password as a part of the path: it is long, and no word. */
const isToken = (part: string): boolean => part.length >= 16 && /\d/.test(part) && /[a-z]/i.test(part);

const isPath = (value: string): boolean => /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(value);

/** What is meant for a URL is encoded already. */
const asItIsAndDecoded = (secret: string): readonly string[] => [secret, decodedUrl(secret)];

/** What of a variable's value may be a secret: all of it, of a URL the user name and the password, of a path nothing. */
const secretsIn = (value: string): readonly string[] => {
  // uv gives indexes a name: `name=https://…`.
  const url = splitUrl(value.replace(/^[\w.-]+=(?=[a-z])/i, ''));
  if (url === undefined) return isPath(value) ? [] : [value, ...value.split(':')].flatMap(asItIsAndDecoded);
  const { userInfo, rest } = url;
  const [user = '', ...password] = userInfo.split(':');
  const tokens = rest.split(/[/?#&=]/).filter(isToken);
  // Headers have both together; and what is put into base64 as a whole cannot be told from it any more.
  const both = userInfo.includes(':') ? userInfo : `${userInfo}:`;
  const wholes = userInfo === '' ? [] : [both, value].flatMap(asItIsAndDecoded);
  return [...[user, password.join(':'), ...tokens].flatMap(asItIsAndDecoded), ...wholes.map(toBase64)];
};

/** A secret as a URL has it, and as headers have it. */
const spellings = (secret: string): readonly string[] => {
  const encoded = encodedUrl(secret);
  const inLowerCase = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [secret, encoded, inLowerCase, toBase64(secret)];
};

/** Half of a pair of code units has no encoding. */
const encodedUrl = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Puts the names of variables in the place of their values, where those may be secrets: tools also print what they have
 * put together from them. What is a path, or too short to be a secret, stays.
 */
export const redactValues = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) =>
      value
        .split(/\s+/)
        .flatMap(secretsIn)
        .filter((secret) => secret.length >= SHORTEST_SECRET)
        .flatMap(spellings)
        .map((secret) => [name, secret] as const),
    )
    .sort(([, a], [, b]) => b.length - a.length)
    .reduce((redacted, [name, secret]) => redacted.replaceAll(secret, `\${${name}}`), text);

/**
 * The variables of this machine that may hold a secret, although no plan names them: every command that is run has them, and
 * may print all it has.
 */
export const secretVariables = (
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) =>
      value !== undefined && (mayHoldSecret(name) || /:\/\//.test(value)) ? [[name, value]] : [],
    ),
  );
