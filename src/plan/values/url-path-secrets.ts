import { decodedUrl } from './decoded-url';
import { encodedWith, inEitherCase } from './encoded-url';

/** The parts of a URL that may hold a token, besides user name and password. */
export interface UrlPathSecrets {
  /** Texts to hide everywhere, such as a token or `token=…`. */
  readonly anywhere: readonly string[];
  /** The path without its end: hidden after the host, and where a path begins. */
  readonly paths: readonly string[];
  /** The end of the path that every index has, such as `/simple`; it is shown. */
  readonly end: string;
  /** Pieces of a query, with the `?` or `&` before them. */
  readonly pieces: readonly string[];
}

/** The end of the path of a package index. It is no secret, and readers of a message should see it. */
const CONVENTIONAL_END = /(?:\/(?:\+?simple|pypi))*\/*$/i;

/** Some indexes have a password in the path. It is neither a word nor a word with a version. */
const isToken = (part: string): boolean =>
  part.length >= 8 &&
  /\d/.test(part) &&
  /[a-z]/i.test(part) &&
  (part.length >= 16 || !/^[a-z]+[-_.]?v?\d+([._]\d+)*$/i.test(part));

/** A part of a URL as it is written, as it is meant, and as programs encode it. */
const spellings = (part: string): readonly string[] => {
  const plain = decodedUrl(part);
  return [...new Set([...inEitherCase(part), plain, ...encodedWith(encodeURI, plain)])];
};

/**
 * The possible tokens in the path, the query and the fragment of a URL. Installers put the name of a package between the path and
 * the query or after both, so each is hidden by itself.
 *
 * @param rest what follows the host
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
