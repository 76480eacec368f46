import type { IndexCredentials } from '../../plan/variables/index-credentials';
import { credentialNames } from '../../plan/variables/index-credentials';
import { redactUrls } from '../../plan/values/redact';
import type { AskedIndex } from '../install/asked-indexes';
import type { ExecutionError } from '../errors/execution-error';

/** The server of an index, without the path of the URL, which may be a secret. */
export const serverOf = (url: string): string =>
  (/^[a-z]+:\/\/[^/]*/i.exec(redactUrls(url))?.[0] ?? url).toLowerCase();

/** The server of an index, with a hint on an unusual path: a wrong path looks as if the index lacked the package. */
const namedIndex = (url: string): string =>
  !/^https?:/i.test(url) || /\/\+?simple\/?$/i.test(url)
    ? serverOf(url)
    : `${serverOf(url)} (most index URLs end in /simple, and this one does not: check its path)`;

type Code = '401' | '403';

/** The place of an index's URL, in brackets. */
const inBrackets = ({ from }: AskedIndex): string => (from === undefined ? '' : ` (${from})`);

/** The answer of an index to its credentials, which are named by their source, never by their value. */
const became = (index: AskedIndex, code: Code): string => {
  switch (index.by) {
    case 'variables':
      return `it refused the user name and password that it got (${code})`;
    case 'url':
      return `it refused the user name and password of its URL${inBrackets(index)} (${code})`;
    case 'netrc':
      return `it refused the user name and password of the netrc file (${code})`;
    case 'nothing':
      return code === '401'
        ? 'it asks for a user name and password (401), and got none'
        : 'it does not serve this user (403), and got no user name and password';
  }
};

/** The names of the variables for the user name and the password of an index. */
const variablesFor = (
  { url, variables }: AskedIndex,
  declared: readonly IndexCredentials[],
): readonly string[] => {
  const all = [
    ...(variables === undefined ? [] : [variables]),
    ...declared.filter((each) => serverOf(each.url) === serverOf(url)).map((each) => each.variables),
  ];
  return [...new Set(all)].map((each) => credentialNames(each).join(' and '));
};

const placesFor = (index: AskedIndex, names: readonly string[]): string => {
  if (names.length > 0) return `They go into ${names.join(', or ')}, or into a netrc file`;
  return index.from === undefined
    ? 'They go into a netrc file, or into a variable with the URL of the index, such as UV_INDEX or PIP_EXTRA_INDEX_URL'
    : `They go into a netrc file, or into the URL of the index (${index.from})${/:\d+$/.test(index.from) ? ', as variables: `https://${USER}:${PASSWORD}@host/simple`' : ''}`;
};

const advice = (index: AskedIndex, declared: readonly IndexCredentials[]): string => {
  const names = variablesFor(index, declared);
  if (index.by === 'nothing') return placesFor(index, names);
  const sources = index.by === 'variables' ? names.join(', or ') : (index.inUrl ?? []).join(' and ');
  const from = sources === '' ? 'Check' : `They came from ${sources}: check`;
  return `${from} that they are valid and allow this package`;
};

/** The asked index of a wanted URL: of several on one server, the one whose URL is a prefix. */
const askedFor = (wanted: string, asked: readonly AskedIndex[]): AskedIndex | undefined => {
  const there = asked.filter(({ url }) => serverOf(url) === serverOf(wanted));
  return there.find(({ url }) => redactUrls(wanted).startsWith(url.replace(/\/$/, ''))) ?? there[0];
};

/**
 * Adds to an index's 401 or 403 which credentials it got, and where its user name and password go. Adds the asked
 * indexes to the error of a package that no index has.
 */
export const refusedIndex = (
  error: ExecutionError,
  asked: readonly AskedIndex[],
  declared: readonly IndexCredentials[],
): ExecutionError => {
  if (error._tag === 'NoSuchVersion')
    return { ...error, indexes: [...new Set(asked.map(({ url }) => namedIndex(url)))] };
  if (error._tag !== 'IndexFailed') return error;
  const [, code] = /\((40[13])\)/.exec(error.reason) ?? [];
  const index = askedFor(error.wanted, asked);
  return (code !== '401' && code !== '403') || index === undefined
    ? error
    : { ...error, reason: `${became(index, code)}. ${advice(index, declared)}` };
};
