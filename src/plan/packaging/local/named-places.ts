import * as path from 'node:path';
import { pathOfUrl } from './local-reference';

const isAbsolute = (place: string): boolean => /^(\/|[A-Za-z]:[/\\])/.test(place);

/**
 * The parts of a variable's value that may name a place: the value as a whole, and what uv and pip make of it as a list. pip
 * splits at white space; uv splits folders at commas alone, and gives indexes names (`name=URL`). A part need not be a place.
 */
export const partsOf = (value: string): readonly string[] => [
  ...new Set(
    [value.split(/[\s,]+/), value.split(/\s+/), value.split(','), [value]]
      .flat()
      .map((part) => part.trim().replace(/^[\w.-]+=(?=file:|\/)/i, ''))
      .filter((part) => part !== ''),
  ),
];

/** uv resolves `..` and turns backslashes before it takes the path out of a URL; pip takes the path as it is. */
const readings = (url: string): readonly string[] => {
  try {
    return [url, new URL(url).href];
  } catch {
    return [url];
  }
};

/** Windows has a drive where other systems have the root: `/C:/x` in a URL is `C:/x`. */
const withDrive = (place: string): readonly string[] =>
  /^\/[A-Za-z]:\//.test(place) ? [place, place.slice(1)] : [place];

/**
 * The absolute paths that a part may stand for: a path, one below the user's home as pip writes it, or a `file:` URL. None for
 * anything else.
 *
 * @param home absolute path that pip puts in the place of `~`; empty where it is not known
 * @returns undefined for the home of another user, of which only pip knows where it is
 */
export const pathsOfPart = (part: string, home: string): readonly string[] | undefined => {
  if (/^~([/\\]|$)/.test(part)) return home === '' ? [] : [path.join(home, part.slice(1))];
  if (part.startsWith('~')) return undefined;
  if (!/^file:/i.test(part)) return isAbsolute(part) ? [part] : [];
  return [...new Set(readings(part).map(pathOfUrl).filter(isAbsolute).flatMap(withDrive))];
};
