import { isRight } from 'fp-ts/Either';
import { flattened, writtenBase64 } from './base64-traces';
import { mayHoldSecret } from './credential-names';
import type { Trace } from './secret-traces';
import { tracesOfValue } from './secret-traces';
import { ANY_USER_INFO, readUrl, urlForKey, withUrls } from './url';

/**
 * Removes user names and passwords from URLs in a message, also from URLs that no program can read. Keys are made with
 * {@link urlForKey}, which removes nothing that may be a part of the host.
 */
export const redactUrls = (text: string): string => text.replace(ANY_USER_INFO, '');

/** A URL for a message about that URL, with `…` in place of a possible password. */
export const shownUrl = (text: string): string =>
  isRight(readUrl(text)) ? urlForKey(text) : text.replace(/^([a-z][a-z0-9+.-]*:[/\\]+)?.*@/is, '$1…@');

const withoutTrace = (text: string, { secret, as, shown }: Trace, flat: string): string => {
  if (as === 'base64') return flat.includes(secret) ? text.replace(writtenBase64(secret), () => shown) : text;
  if (as === 'text') return text.replaceAll(secret, () => shown);
  return text.includes(secret) ? text.replace(as, () => shown) : text;
};

/**
 * Replaces the values of variables by their names, where the values may be secrets: tools also print what they have
 * put together from them. Paths of this machine, and values too short to be a secret, stay.
 */
export const redactor = (values: Readonly<Record<string, string>>): ((text: string) => string) => {
  const traces = Object.entries(values)
    .flatMap(([name, value]) => tracesOfValue(value, `\${${name}}`))
    .sort((a, b) => b.secret.length - a.secret.length);
  return (text) => {
    const flat = flattened(text);
    return traces.reduce((redacted, trace) => withoutTrace(redacted, trace, flat), text);
  };
};

/** The same for one text. */
export const redactValues = (text: string, values: Readonly<Record<string, string>>): string =>
  redactor(values)(text);

/** The value of a variable for a message that shows it: its URLs without user name, password, and what may be a token. */
export const shownValue = (name: string, value: string): string =>
  withUrls(value, (url) => redactUrls(redactValues(url, { [name]: url })));

/**
 * The variables of this machine that may hold a secret, although no plan names them. Every command gets them, and
 * may print them.
 */
export const secretVariables = (
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) =>
      value !== undefined && (mayHoldSecret(name) || /:\/\//.test(value)) ? [[name, value]] : [],
    ),
  );
