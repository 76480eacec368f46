import { decodedUrl } from './decoded-url';
import { encodedWith, inEitherCase } from './encoded-url';

/** The parts of a URL, other than user name and password, that may hold a token. */
export interface UrlPathSecrets {
  /** Texts to hide everywhere, such as a token or `token=…`. */
  readonly anywhere: readonly string[];
  /** Spellings of the path without `end`, hidden after the host and where a path begins. */
  readonly paths: readonly string[];
  /** The conventional end of an index path, such as `/simple`. It is not hidden. */
  readonly end: string;
  /** The pieces of the query and the fragment, each with its leading `?`, `&` or `#`. */
  readonly pieces: readonly string[];
}

/** The conventional end of an index path. It reveals nothing and helps the reader of a message. */
const CONVENTIONAL_END = /(?:\/(?:\+?simple|pypi))*\/*$/i;

/** Whether a part looks like a token, which some indexes have in their path. Words and words with a version do not. */
const isToken = (part: string): boolean =>
  part.length >= 8 &&
  /\d/.test(part) &&
  /[a-z]/i.test(part) &&
  (part.length >= 16 || !/^[a-z]+[-_.]?v?\d+([._]\d+)*$/i.test(part));

/** A part of a URL as written, percent-decoded, and as programs encode it. */
const spellings = (part: string): readonly string[] => {
  const plain = decodedUrl(part);
  return [...new Set([...inEitherCase(part), plain, ...encodedWith(encodeURI, plain)])];
};

/**
 * Finds possible tokens in the path, query and fragment of a URL. Installers insert a package name between path and
 * query, or append it, so the path and each piece of the query are hidden separately.
 *
 * @param rest the part after the host
 */
export const urlPathSecrets = (rest: string): UrlPathSecrets => {
  const [, path = '', query = ''] = /^([^?#]*)(.*)$/s.exec(rest) ?? [];
  const secretPath = path.replace(CONVENTIONAL_END, '');
  const end = path.slice(secretPath.length).replace(/\/+$/, '');
  const pieces = query.match(/[?&#][^?&#]+/g) ?? [];
  const words = [...path.split('/'), ...pieces.flatMap((piece) => piece.slice(1).split('='))];
  return {
    anywhere: [...words.filter(isToken), ...pieces.map((piece) => piece.slice(1))].flatMap(spellings),
    paths: secretPath === '' ? [] : spellings(secretPath),
    end,
    pieces: pieces.flatMap(spellings),
  };
};
