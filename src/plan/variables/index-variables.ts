import { isLeft } from 'fp-ts/Either';
import type { Values } from './installer-environment';
import { readIndexUrl, readUrl } from '../values/url';

interface UrlList {
  /** Null where the installer takes the whole value for one URL. */
  readonly separator: RegExp | null;
  readonly read: typeof readUrl;
}

/** The variables whose values are URLs that an installer asks, and where the installer splits them. */
const LISTS: Readonly<Record<string, UrlList>> = {
  UV_DEFAULT_INDEX: { separator: null, read: readIndexUrl },
  UV_INDEX_URL: { separator: null, read: readIndexUrl },
  UV_INDEX: { separator: / /, read: readIndexUrl },
  UV_EXTRA_INDEX_URL: { separator: / /, read: readIndexUrl },
  // uv and this library encode a space in a path; pip gets it encoded.
  UV_FIND_LINKS: { separator: /,/, read: (url) => readUrl(url.replaceAll(' ', '%20')) },
  PIP_INDEX_URL: { separator: null, read: readIndexUrl },
  PIP_PYPI_URL: { separator: null, read: readIndexUrl },
  PIP_EXTRA_INDEX_URL: { separator: /\s+/, read: readIndexUrl },
  PIP_FIND_LINKS: { separator: /\s+/, read: readUrl },
};

/** The name that uv may give an index: `name=URL`. */
const NAME = /^[\w.-]+=(?=[a-z][a-z0-9+.-]*:|\/)/i;

/** One letter before a colon is a drive of Windows. Of a `file:` URL the key has what each installer may read from it. */
const isFetched = (part: string): boolean =>
  /^[\u0000-\u0020]*[a-z][a-z0-9+.-]+:/i.test(part) && !/^file:/i.test(part);

/** A variable with a URL that uv and pip would not read alike. */
export interface IndexVariableProblem {
  readonly name: string;
  /** As the end of a sentence that begins with the URL. No part of a user name or password is in it. */
  readonly problem: string;
}

/**
 * Paths that installers find wherever they run: absolute ones, and those below a home as pip writes them. uv passes over an index
 * that is no such path and has no scheme, such as `host/simple` or `//host/simple`, and asks the next one.
 */
const isPlace = (part: string): boolean =>
  part === '' || /^(\/(?!\/)|[a-z]:[/\\]|~|file:)/i.test(part) || part.includes('${');

const problemOf = (name: string, value: string): string | undefined => {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list === undefined) return undefined;
  const parts = list.separator === null ? [value] : value.split(list.separator);
  for (const part of parts.map((each) => each.trim().replace(NAME, ''))) {
    if (isPlace(part)) continue;
    if (!isFetched(part)) return 'has no scheme, such as https://, and is no absolute path';
    const read = list.read(part);
    if (isLeft(read)) return read.left;
  }
  return undefined;
};

/** The variables that name indexes by URLs which uv and pip would not read alike: each might ask another host. */
export const indexVariableProblems = (values: Values): readonly IndexVariableProblem[] =>
  Object.entries(values).flatMap(([name, value = '']) => {
    const problem = problemOf(name, value);
    return problem === undefined ? [] : { name, problem };
  });
