import { base64Traces } from './base64-traces';
import { decodedUrl } from './decoded-url';
import { encodedWith } from './encoded-url';
import type { SplitUrl } from './url';
import { splitUrl } from './url';
import { urlPathSecrets } from './url-path-secrets';

/** Shorter values are words that messages have for other reasons, such as `5` or `C.UTF-8`. */
const SHORTEST_SECRET = 8;

/** The address of a container engine on this machine. */
const isSocket = (value: string): boolean => /^(unix|npipe):\/\//i.test(value);

const isPath = (value: string): boolean => /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(value);

/** A value for a URL is encoded already. */
const asItIsAndDecoded = (secret: string): readonly string[] => [secret, decodedUrl(secret)];

/** A text that shows a secret. */
export interface Trace {
  readonly secret: string;
  /** How to search for it: as it is, in base64, or by a pattern where it is hidden only in some places. */
  readonly as: 'text' | 'base64' | RegExp;
  /** The replacement. */
  readonly shown: string;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const inBase64 = (secret: string, shown: string): readonly Trace[] =>
  base64Traces(secret).map((letters) => ({ secret: letters, as: 'base64', shown }));

/** A secret as it is, percent-encoded for a URL, and in base64 for a header. */
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

/** The path and the query of a URL, which may have a token in them. A short text is hidden only where it belongs to such a URL. */
const tracesOfPath = ({ host, rest }: SplitUrl, shown: string): readonly Trace[] => {
  const { anywhere, paths, end, pieces } = urlPathSecrets(rest);
  // A path of this machine is no secret.
  if (host === '')
    return anywhere.filter(({ length }) => length >= 16).flatMap((secret) => tracesOf(secret, shown));
  // pip also tells the path without the host: `Max retries exceeded with url: /…`.
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

/** The possible secrets in one word of a value: the whole word, nothing of a path, and of a URL all but the host and the conventional names of indexes. */
const tracesOfWord = (word: string, shown: string): readonly Trace[] => {
  if (isSocket(word)) return [];
  // uv puts the name of an index before its URL: `name=https://…`.
  const url = splitUrl(word.replace(/^[\w.-]+=(?=[a-z])/i, ''));
  if (url === undefined)
    return isPath(word)
      ? []
      : [word, ...word.split(':')].flatMap(asItIsAndDecoded).flatMap((secret) => tracesOf(secret, shown));
  const { userInfo } = url;
  const [user = '', ...password] = userInfo.split(':');
  // A header has user name and password together, and base64 does not separate them.
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

/** Words of a value; uv also puts a comma between URLs. */
const WORDS = /\s+|,(?=(?:[\w.-]+=)?[a-z][a-z0-9+.-]*:\/\/)/i;

/** All texts that show what may be a secret in a value. */
export const tracesOfValue = (value: string, shown: string): readonly Trace[] => {
  const words = value.split(WORDS).filter((word) => word !== '');
  // A key of several lines: each line is one of the words.
  const isWhole = words.length > 1 && words.some((word) => tracesOfWord(word, shown).length > 0);
  return [...(isWhole ? inBase64(value, shown) : []), ...words.flatMap((word) => tracesOfWord(word, shown))];
};
