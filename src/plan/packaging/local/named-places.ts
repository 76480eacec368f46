import * as path from 'node:path';
import { pathOfUrl } from './local-reference';

const isAbsolute = (place: string): boolean => /^(\/|[A-Za-z]:[/\\])/.test(place);

/**
 * The parts of a variable's value that may name a location: the whole value, and the items of the list that uv and pip
 * read from it. pip splits at white space. uv splits folders only at commas, and allows names before indexes
 * (`name=URL`). A part need not be a location.
 */
export const partsOf = (value: string): readonly string[] => [
  ...new Set(
    [value.split(/[\s,]+/), value.split(/\s+/), value.split(','), [value]]
      .flat()
      .map((part) => part.trim().replace(/^[\w.-]+=(?=file:|\/)/i, ''))
      .filter((part) => part !== ''),
  ),
];

/** uv resolves `..` and converts backslashes before it reads the path of a URL; pip reads the path as it is. */
const readings = (url: string): readonly string[] => {
  try {
    return [url, new URL(url).href];
  } catch {
    return [url];
  }
};

/** On Windows, `/C:/x` in a URL is `C:/x`. */
const withDrive = (place: string): readonly string[] =>
  /^\/[A-Za-z]:\//.test(place) ? [place, place.slice(1)] : [place];

/**
 * The absolute paths that a part may mean: a path, a path below the user's home as pip writes it, or a `file:` URL.
 * Empty for anything else.
 *
 * @param home absolute path by which pip replaces `~`; empty where it is unknown
 * @returns undefined for another user's home, which only pip can locate
 */
export const pathsOfPart = (part: string, home: string): readonly string[] | undefined => {
  if (/^~([/\\]|$)/.test(part)) return home === '' ? [] : [path.join(home, part.slice(1))];
  if (part.startsWith('~')) return undefined;
  if (!/^file:/i.test(part)) return isAbsolute(part) ? [part] : [];
  return [...new Set(readings(part).map(pathOfUrl).filter(isAbsolute).flatMap(withDrive))];
};
