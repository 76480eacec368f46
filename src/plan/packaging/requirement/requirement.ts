import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { validRange } from '@renovatebot/pep440';
import { parseMarker } from './marker';
import { memoizeByText } from '../../values/memoize-by-text';
import { redactUrls } from '../../values/redact';

/**
 * A parsed requirement, such as `requests[socks] >= 2.31 ; python_version >= "3.9"`.
 *
 * @see PEP 508
 */
export interface Requirement {
  /** As it is written. */
  readonly name: string;
  /** As they are written. */
  readonly extras: readonly string[];
  /** Such as `>= 2.31, < 3`; empty where any version fits. */
  readonly specifier: string;
  /** The URL after `@`; null without a URL. */
  readonly url: string | null;
  /** The marker after `;`; null where there is none. */
  readonly marker: string | null;
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** The name, the extras in brackets, and the rest. */
const HEAD = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?(.*)$/s;

/** Quotes a part of a requirement without passwords in its URLs. */
const quoted = (text: string): string => JSON.stringify(redactUrls(text));

const extrasOf = (text: string | undefined): Either<string, readonly string[]> => {
  if (text === undefined || text.trim() === '') return right([]);
  const extras = text.split(',').map((extra) => extra.trim());
  const odd = extras.find((extra) => !NAME.test(extra));
  return odd === undefined ? right(extras) : left(`the extra ${quoted(odd)} is not a name`);
};

/** Splits a text at the `;` of its marker. After a URL, white space must precede the `;`. */
const splitMarker = (text: string): readonly [string, string | null] => {
  const isUrl = text.startsWith('@');
  for (let at = text.indexOf(';'); at !== -1; at = text.indexOf(';', at + 1))
    if (!isUrl || /\s/.test(text.charAt(at - 1)))
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  return [text.trim(), null];
};

const specifierOf = (text: string): Either<string, string> => {
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).trim() : text;
  // PEP 440 has no empty part, but packaging and uv accept `>=1,`.
  const parts = inner.replace(/,\s*$/, '');
  return validRange(parts) ? right(parts) : left(`the version specifier ${quoted(inner)} does not parse`);
};

const read = (text: string): Either<string, Requirement> => {
  const [, name, bracket, tail] = HEAD.exec(text.trim()) ?? [];
  if (name === undefined) return left('it does not begin with a name');
  if (!NAME.test(name)) return left(`${quoted(name)} is not a name`);
  const extras = extrasOf(bracket);
  if (isLeft(extras)) return extras;
  const [before, marker] = splitMarker((tail ?? '').trim());
  const parsedMarker = marker === null ? null : parseMarker(marker);
  if (parsedMarker !== null && isLeft(parsedMarker))
    return left(`the marker ${quoted(marker ?? '')} does not parse: ${parsedMarker.left}`);
  const common = { name, extras: extras.right, marker };
  if (before.startsWith('@')) {
    const url = before.slice(1).trim();
    if (url === '') return left('no URL follows the "@"');
    return /\s/.test(url) ? left('its URL has white space in it') : right({ ...common, specifier: '', url });
  }
  const specifier = specifierOf(before);
  return isLeft(specifier) ? specifier : right({ ...common, specifier: specifier.right, url: null });
};

/** Parses one requirement. The left side says briefly why it is invalid. */
export const parseRequirement = memoizeByText(read);
