import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { satisfies, valid, validRange } from '@renovatebot/pep440';
import type { Marker } from './marker';
import { parseMarker } from './marker';

/** A requirement, such as `requests[socks] >= 2.31 ; python_version >= "3.9"`. */
export interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** Specifiers of PEP 440; empty where any version will do. */
  readonly specifier: string;
  /** What stands after `@`; null where the package comes from an index. */
  readonly url: string | null;
  readonly marker: Marker | null;
}

const HEAD = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

/** A URL ends at white space; without one a `;` is part of it. */
const splitUrl = (rest: string): readonly [string, string] => {
  const [, url = '', marker = ''] = /^@\s*(\S*?)(?:(?:\s+;|;\s)(.*))?$/s.exec(rest.trimEnd()) ?? [];
  return [url, marker];
};

const splitSpecifier = (rest: string): readonly [string, string] => {
  const at = rest.indexOf(';');
  return at === -1 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 1)];
};

const withoutParentheses = (specifier: string): string => specifier.replace(/^\s*\((.*)\)\s*$/s, '$1').trim();

/**
 * Reads a requirement; on the left the reason why it is none.
 *
 * @see PEP 508
 */
export const parseRequirement = (text: string): Either<string, Requirement> => {
  const [, name, extras = '', rest = ''] = HEAD.exec(text) ?? [];
  if (name === undefined) return left('it does not begin with a name');
  const isUrl = rest.startsWith('@');
  const [target, condition] = isUrl ? splitUrl(rest) : splitSpecifier(rest);
  const marker = condition.trim() === '' ? right(null) : parseMarker(condition.trim());
  if (isLeft(marker)) return marker;
  const specifier = isUrl ? '' : withoutParentheses(target);
  if (specifier !== '' && !validRange(specifier)) return left(`${JSON.stringify(specifier)} is no specifier`);
  if (isUrl && target === '') return left('a URL was expected after @');
  return right({
    name,
    extras: extras.split(',').flatMap((extra) => extra.trim() || []),
    specifier,
    url: isUrl ? target : null,
    marker: marker.right,
  });
};

/** Whether specifiers of PEP 440 allow a version; one that is no version is allowed. */
export const specifierAllows = (specifier: string, version: string): boolean =>
  specifier === '' || valid(version) === null || satisfies(version, specifier, { prereleases: true });
