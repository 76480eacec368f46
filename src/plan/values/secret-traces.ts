import { base64Traces } from './base64-traces';
import { decodedUrl } from './decoded-url';
import { encodedWith } from './encoded-url';
import type { SplitUrl } from './url';
import { splitUrl } from './url';
import { urlPathSecrets } from './url-path-secrets';

/** Shorter values, such as `5` or `C.UTF-8`, appear in messages for other reasons. */
const SHORTEST_SECRET = 8;

/** The address of a container engine on this machine. */
const isSocket = (value: string): boolean => /^(unix|npipe):\/\//i.test(value);

const isPath = (value: string): boolean => /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(value);

/** A secret, and its decoded form: secrets in URLs are percent-encoded already. */
const asItIsAndDecoded = (secret: string): readonly string[] => [secret, decodedUrl(secret)];

/** A form of a secret that can appear in a text. */
export interface Trace {
  readonly secret: string;
  /** How it is searched: literally, as base64, or by a pattern where only some places are hidden. */
  readonly as: 'text' | 'base64' | RegExp;
  /** The replacement. */
  readonly shown: string;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const inBase64 = (secret: string, shown: string): readonly Trace[] =>
  base64Traces(secret).map((letters) => ({ secret: letters, as: 'base64', shown }));

/** The traces of a secret: literal, percent-encoded as in URLs, and in base64 as in headers. */
const tracesOf = (secret: string, shown: string): readonly Trace[] =>
  secret.length < SHORTEST_SECRET
    ? []
    : [
        ...[...new Set([secret, ...encodedWith(encodeURIComponent, secret)])].map((text): Trace => ({
          secret: text,
          as: 'text',
          shown,
        })),
        ...inBase64(secret, shown),
      ];

/**
 * The traces of a URL's path and query, which may have a token in them. A short text is hidden only where it belongs to
 * such a URL.
 */
const tracesOfPath = ({ host, rest }: SplitUrl, shown: string): readonly Trace[] => {
  const { anywhere, paths, end, pieces } = urlPathSecrets(rest);
  // A path on this machine is not a secret.
  if (host === '')
    return anywhere.filter(({ length }) => length >= 16).flatMap((secret) => tracesOf(secret, shown));
  // pip also prints the path without its host: `Max retries exceeded with url: /…`.
  const begins = `(?<=${escaped(host)}|\\burl: )`;
  const alone = '(?<![\\w./-])';
  const follows = (path: string): string => (path.length < SHORTEST_SECRET ? `(?=${escaped(end)})` : '');
  const trace = (secret: string, before: string, after: string, kept: string): Trace => ({
    secret,
    as: new RegExp(`${before}${escaped(secret)}${after}(?![\\w-])`, 'g'),
    shown: `${kept}${shown}`,
  });
  return [
    ...anywhere.flatMap((secret) => tracesOf(secret, shown)),
    ...paths.flatMap((path) => [
      trace(path, begins, '', '/'),
      ...((path + end).length < SHORTEST_SECRET ? [] : [trace(path, alone, follows(path), '/')]),
    ]),
    ...pieces.map((piece) => trace(piece, '', '', piece.charAt(0))),
  ];
};

/**
 * The traces of one word of a value. A plain word is a secret as a whole, and a path is not. In a URL, everything may
 * be a secret except the host and the conventional end of an index path.
 */
const tracesOfWord = (word: string, shown: string): readonly Trace[] => {
  if (isSocket(word)) return [];
  // uv allows a name before an index: `name=https://…`.
  const url = splitUrl(word.replace(/^[\w.-]+=(?=[a-z])/i, ''));
  if (url === undefined)
    return isPath(word)
      ? []
      : [word, ...word.split(':')].flatMap(asItIsAndDecoded).flatMap((secret) => tracesOf(secret, shown));
  const { userInfo } = url;
  const [user = '', ...password] = userInfo.split(':');
  // Headers have user and password in one base64 text, in which the two cannot be separated.
  const both = userInfo.includes(':') ? userInfo : `${userInfo}:`;
  const ofPath = tracesOfPath(url, shown);
  const wholes = [
    ...(userInfo === '' ? [] : [both]),
    ...(userInfo === '' && ofPath.length === 0 ? [] : [word]),
  ];
  return [
    ...[user, password.join(':')].flatMap(asItIsAndDecoded).flatMap((secret) => tracesOf(secret, shown)),
    ...wholes.flatMap(asItIsAndDecoded).flatMap((secret) => inBase64(secret, shown)),
    ...ofPath,
  ];
};

/** Separates the words of a value. uv also separates URLs with commas. */
const WORDS = /\s+|,(?=(?:[\w.-]+=)?[a-z][a-z0-9+.-]*:\/\/)/i;

/** All traces of possible secrets in a value. */
export const tracesOfValue = (value: string, shown: string): readonly Trace[] => {
  const words = value.split(WORDS).filter((word) => word !== '');
  // In a key of several lines, each line is one of the words.
  const isWhole = words.length > 1 && words.some((word) => tracesOfWord(word, shown).length > 0);
  return [...(isWhole ? inBase64(value, shown) : []), ...words.flatMap((word) => tracesOfWord(word, shown))];
};
