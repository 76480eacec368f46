import type { IndexCredentials } from '../plan/index-credentials';
import { credentialNames } from '../plan/index-credentials';
import { redactUrls } from '../plan/redact';
import type { ExecutionError } from './execution-error';

/** An index of a lock, and what it was asked with. */
export interface AskedIndex {
  /** Without user name and password. */
  readonly url: string;
  /** Where its user name and password came from. */
  readonly by: 'variables' | 'netrc' | 'url' | 'nothing';
}

const serverOf = (url: string): string =>
  (/^[a-z]+:\/\/[^/]*/i.exec(redactUrls(url))?.[0] ?? url).toLowerCase();

const GOT: Readonly<Record<AskedIndex['by'], string>> = {
  variables: 'it refused the user name and password that it got (401)',
  url: 'it refused the user name and password of its URL (401)',
  netrc: 'it refused the user name and password of the netrc file (401)',
  nothing: 'it asks for a user name and password (401), and got none',
};

/** What was asked with is named by where it came from, never by its value. */
const advice = ({ url, by }: AskedIndex, declared: readonly IndexCredentials[]): string => {
  if (by === 'nothing') return placesFor(url, declared);
  const names = declared
    .filter((each) => serverOf(each.url) === serverOf(url))
    .map(({ variables }) => credentialNames(variables).join(' and '));
  const from = by === 'variables' && names.length > 0 ? ` They came from ${names.join(', or ')}:` : '';
  return `${from === '' ? 'Check' : `${from.trim()} check`} that they are valid and allow this package`;
};

const placesFor = (url: string, declared: readonly IndexCredentials[]): string => {
  const names = declared.filter((each) => serverOf(each.url) === serverOf(url));
  const variables = names.map(({ variables }) => credentialNames(variables).join(' and '));
  return variables.length === 0
    ? 'They go into a netrc file, or into a variable with the URL of the index, such as UV_INDEX or PIP_EXTRA_INDEX_URL'
    : `They go into ${variables.join(', or ')}, or into a netrc file`;
};

/** Says of an index that answers 401 what it was asked with, and where its user name and password go. */
export const refusedIndex = (
  error: ExecutionError,
  asked: readonly AskedIndex[],
  declared: readonly IndexCredentials[],
): ExecutionError => {
  if (error._tag !== 'IndexFailed' || !error.reason.includes('(401)')) return error;
  const index = asked.find(({ url }) => serverOf(url) === serverOf(error.wanted));
  return index === undefined ? error : { ...error, reason: `${GOT[index.by]}. ${advice(index, declared)}` };
};
