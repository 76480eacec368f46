import { isRight } from 'fp-ts/Either';
import { ANY_USER_INFO, readUrl, userInfoOf } from '../../values/url';

/** The user name and password of a URL, as they are written; of an invalid URL, everything that may be them. */
const userOf = (url: string): string => {
  const read = readUrl(url);
  return isRight(read) ? userInfoOf(read.right) : (url.match(ANY_USER_INFO)?.[0] ?? '@').slice(0, -1);
};

/** Over SSH a user name such as `git` is no secret, only a part of the address; a password would be one. */
const isPlainSshUser = (url: string, user: string): boolean =>
  /^(git\+)?ssh:/i.test(url) && !user.includes(':');

/** `aws:${TOKEN}`: the variable holds the whole secret. */
const PLAIN_USER = /^[^:$]+:\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/**
 * Whether a URL has a secret in it: a password that is no `${NAME}` of an environment variable, or a user name that is neither that
 * nor stands before such a password.
 */
export const hasCredentials = (url: string): boolean => {
  const user = userOf(url);
  if (PLAIN_USER.test(user)) return false;
  const literal = user.replace(/\$\{[A-Za-z_][A-Za-z0-9_]*\}/g, '').replace(/^:$/, '');
  return literal !== '' && !isPlainSshUser(url, user);
};

/** The URLs in a text, each from the first letter of its scheme. */
const urlsIn = (text: string): readonly string[] =>
  (text.match(/(?<![a-z0-9+.-])[a-z0-9+.-]*:\/\/\S+/gi) ?? []).map((url) => url.replace(/^[^a-z]+/i, ''));

/** Whether any URL in a text has a secret in it. */
export const holdsCredentials = (text: string): boolean => urlsIn(text).some(hasCredentials);
