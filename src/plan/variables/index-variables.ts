import { isLeft } from 'fp-ts/Either';
import type { Values } from './installer-environment';
import { readIndexUrl, readUrl } from '../values/url';

interface UrlList {
  /** Null where the whole value is one URL. */
  readonly separator: RegExp | null;
  readonly read: typeof readUrl;
}

/** The variables with URLs that an installer asks, and the separators of their lists. */
const LISTS: Readonly<Record<string, UrlList>> = {
  UV_DEFAULT_INDEX: { separator: null, read: readIndexUrl },
  UV_INDEX_URL: { separator: null, read: readIndexUrl },
  UV_INDEX: { separator: / /, read: readIndexUrl },
  UV_EXTRA_INDEX_URL: { separator: / /, read: readIndexUrl },
  // uv and this library encode spaces in a path, and pip gets the encoded path.
  UV_FIND_LINKS: { separator: /,/, read: (url) => readUrl(url.replaceAll(' ', '%20')) },
  PIP_INDEX_URL: { separator: null, read: readIndexUrl },
  PIP_PYPI_URL: { separator: null, read: readIndexUrl },
  PIP_EXTRA_INDEX_URL: { separator: /\s+/, read: readIndexUrl },
  PIP_FIND_LINKS: { separator: /\s+/, read: readUrl },
};

/** The name that uv may give an index: `name=URL`. */
const NAME = /^[\w.-]+=(?=[a-z][a-z0-9+.-]*:|\/)/i;

/**
 * Whether a part is a URL that is fetched. One letter before a colon is a Windows drive. For a `file:` URL the key
 * covers the content that either installer may read.
 */
const isFetched = (part: string): boolean =>
  /^[\u0000-\u0020]*[a-z][a-z0-9+.-]+:/i.test(part) && !/^file:/i.test(part);

/** A variable with a URL that uv and pip would read differently. */
export interface IndexVariableProblem {
  readonly name: string;
  /** The end of a sentence that begins with the URL. It has no part of a user name or password. */
  readonly problem: string;
}

/**
 * Whether a part is a path that installers find from any folder: an absolute path, or one below a home as pip writes
 * it. uv ignores an index that is not such a path and has no scheme, such as `host/simple` or `//host/simple`, and asks
 * the next one.
 */
const isPlace = (part: string): boolean =>
  part === '' || /^(\/(?!\/)|[a-z]:[/\\]|~|file:)/i.test(part) || part.includes('${');

const problemOf = (name: string, value: string): string | undefined => {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list === undefined) return undefined;
  const parts = list.separator === null ? [value] : value.split(list.separator);
  for (const part of parts.map((each) => each.trim().replace(NAME, ''))) {
    if (isPlace(part)) continue;
    if (!isFetched(part)) return 'has no scheme, such as https://, and is not an absolute path';
    const read = list.read(part);
    if (isLeft(read)) return read.left;
  }
  return undefined;
};

/** The variables with index URLs that uv and pip would read differently, so that each might ask another host. */
export const indexVariableProblems = (values: Values): readonly IndexVariableProblem[] =>
  Object.entries(values).flatMap(([name, value = '']) => {
    const problem = problemOf(name, value);
    return problem === undefined ? [] : { name, problem };
  });
