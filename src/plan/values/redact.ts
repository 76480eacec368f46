import { isRight } from 'fp-ts/Either';
import { flattened, writtenBase64 } from './base64-traces';
import { mayHoldSecret } from './credential-names';
import type { Trace } from './secret-traces';
import { tracesOfValue } from './secret-traces';
import { ANY_USER_INFO, readUrl, urlForKey, withUrls } from './url';

/**
 * Takes user names and passwords out of URLs in a message, also where a URL is one that no program reads. Keys are made with
 * {@link urlForKey}, which takes nothing away that may be a part of the host.
 */
export const redactUrls = (text: string): string => text.replace(ANY_USER_INFO, '');

/** A URL for a message that says what is wrong with it: what may be a password in it is shown as `…`. */
export const shownUrl = (text: string): string =>
  isRight(readUrl(text)) ? urlForKey(text) : text.replace(/^([a-z][a-z0-9+.-]*:[/\\]+)?.*@/is, '$1…@');

const withoutTrace = (text: string, { secret, as, shown }: Trace, flat: string): string => {
  if (as === 'base64') return flat.includes(secret) ? text.replace(writtenBase64(secret), () => shown) : text;
  if (as === 'text') return text.replaceAll(secret, () => shown);
  return text.includes(secret) ? text.replace(as, () => shown) : text;
};

/**
 * Puts the names of variables in the place of their values, where those may be secrets: tools also print what they have
 * put together from them. What is a path of this machine, or too short to be a secret, stays.
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
