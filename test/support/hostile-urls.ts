import * as fc from 'fast-check';

/** URLs that parsers are known to read differently, of an index at a host that is asked, beside one that is not. */
export const hostileUrls = (asked: string, other: string): readonly string[] => [
  `http://${asked}\\@${other}/simple`,
  `http://${asked}\\\\@${other}/simple`,
  `http://${asked}/@${other}/simple`,
  `http://${asked}?@${other}/simple`,
  `http://${asked}#@${other}/simple`,
  `http://${asked}%2f@${other}/simple`,
  `http://u:p@${asked}@${other}/simple`,
  `http://u@${asked}:p@${other}/simple`,
  `http://u%40v:p%40q@${asked}/simple`,
  `http://u:p%2fq%3fr%23s@${asked}/simple`,
  `http://u:p:q@${asked}/simple`,
  `http://:p@${asked}/simple`,
  `http://u:@${asked}/simple`,
  `http://u@${asked}/simple`,
  `http://@${asked}/simple`,
  `http://:@${asked}/simple`,
  `http://u;v:p,q=r!s$t&w(x)*y+z~@${asked}/simple`,
  `http://u'v:p@${asked}/simple`,
  `http://ü:p@${asked}/simple`,
  `http://%C3%BC:p@${asked}/simple`,
  `http://%ff:p@${asked}/simple`,
  `http://u%zz:p@${asked}/simple`,
  `http://u%00:p@${asked}/simple`,
  `http:/${asked}/simple`,
  `http:${asked}/simple`,
  `http:///${asked}/simple`,
  `//${asked}/simple`,
  `HTTP://u:p@${asked}/simple`,
  `hTTp://${asked}/simple`,
  `http://u:p@${asked}`,
  `http://u:p@${asked}/`,
  `http://${asked}/a/../simple`,
  `http://${asked}/a/%2e%2e/simple`,
  `http://${asked}/./simple`,
  `http://${asked}//simple`,
  `http://${asked}/a@b/simple`,
  `http://${asked}/a:b/simple`,
  `http://${asked}/a;b=c/simple`,
  `http://${asked}/%41/simple`,
  `http://${asked}/a%2fb/simple`,
  `http://${asked}/ü/simple`,
  `http://${asked}/simple?a=b@c`,
  `http://${asked}/simple#a@c`,
  `http://${asked}/si\tmple`,
  `http://127.0.0.1\t@${other}/simple`,
  `http://${asked.replace('127.0.0.1', '127.1')}/simple`,
  `http://${asked.replace('127.0.0.1', '0x7f.0.0.1')}/simple`,
  `http://${asked.replace('127.0.0.1', '2130706433')}/simple`,
  `http://${asked.replace('127.0.0.1', '0177.0.0.1')}/simple`,
  `http://${asked.replace('127.0.0.1', '１２７.0.0.1')}/simple`,
  `http://${asked.replace('127.0.0.1', '127。0。0。1')}/simple`,
  `http://${asked.replace('127.0.0.1', '%31%32%37.0.0.1')}/simple`,
  `http://${asked.replace('127.0.0.1', 'localhost')}/simple`,
  `http://${asked.replace('127.0.0.1', 'LOCALHOST')}/simple`,
  `http://${asked.replace('127.0.0.1', '[::ffff:127.0.0.1]')}/simple`,
  `http://${asked.replace('127.0.0.1', '[::1%25lo]')}/simple`,
  `http://${asked.replace(':', ':0')}/simple`,
  `http://${asked.replace(/:.*/, ':')}/simple`,
  `http://u:p@[${asked}]/simple`,
  `http://[u:p@${asked}/simple`,
  `http://"u:p"@${asked}/simple`,
  `http://\${user}@${asked}/simple`,
];

/** Ordinary parts of a URL, and such as parsers differ in. */
const PARTS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['http', 'https', 'git+https', 'git+ssh'],
    ['HTTP', 'ssh', 'ftp', 'file', 'javascript', 'Git+https'],
  ],
  [['://'], [':/', ':', ':///', ':\\\\', '//']],
  [
    ['', 'u@', 'u:p@', 'u%40v:p%2f@'],
    ['u:p@@', ':p@', 'u:@', '@', ':@', 'ü@', 'u\\@', 'u/@', 'u?@', 'u#@', 'u@b.example:1@', '%ff@'],
  ],
  [
    ['a.example', 'b.example', 'A.Example', '127.0.0.1', '[::1]'],
    [
      ...[
        '127.1',
        '0x7f.1',
        '１２７.0.0.1',
        '[::1%25lo]',
        '[0:0::1]',
        'a.example.',
        'ａ.example',
        'xn--a',
        '-a',
      ],
      ...[
        'xn--bcher-kva.example',
        'bücher.example',
        'ß.example',
        'a_b.example',
        '%61.example',
        '',
        'a..b',
        'a.1',
      ],
    ],
  ],
  [
    ['', ':80', ':443', ':8080'],
    [':080', ':', ':0', ':65536', ':٣', ':8_0', ':+1'],
  ],
  [
    ['', '/', '/simple', '/simple/', '/a@b'],
    [
      '/../x',
      '/%2e%2e/x',
      '/a%2fb',
      '/\\b',
      '/a b',
      '/ü',
      '/%zz',
      '?q@x',
      '#f@x',
      '/x?y=z@w',
      '//x@y',
      '/%41;b',
    ],
  ],
];

const NOISE = [
  '\t',
  '\n',
  '\\',
  '@',
  '%',
  '%00',
  '\u200b',
  '\u00ad',
  ' ',
  '|',
  '^',
  '`',
  '${A}',
  '#',
  '?',
  '/',
  '.',
];

const mostly = (plain: readonly string[], odd: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...plain) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

/** A URL put together from what parsers differ in, with something put in at any place. */
export const anyUrl: fc.Arbitrary<string> = fc
  .tuple(fc.tuple(...PARTS.map(([plain, odd]) => mostly(plain, odd))), mostly([''], NOISE), fc.nat(40))
  .map(([parts, noise, at]) => {
    const text = parts.join('');
    return text.slice(0, at) + noise + text.slice(at);
  });

/** What pip makes of each URL of a list: what it takes for credentials, and what its HTTP client then asks. */
export const PIP_READS = `
import json, sys
from urllib.parse import unquote, urlsplit
from pip._internal.utils.misc import split_auth_netloc_from_url
from pip._vendor.requests import Request
def read(url):
    try:
        while url.split(':', 1)[0].lower() in ('git+https', 'git+http', 'git+ssh'):
            url = url.split('+', 1)[1]
        plain, netloc, (user, password) = split_auth_netloc_from_url(url)
        asked = urlsplit(Request('GET', plain).prepare().url)
        parts = urlsplit(plain)
        if (asked.hostname, asked.port) != (parts.hostname, parts.port):
            return {'error': 'pip disagrees with itself'}
        return {'user': user, 'password': password, 'host': asked.hostname, 'port': asked.port, 'path': unquote(asked.path)}
    except Exception as error:
        return {'error': type(error).__name__}
json.dump([read(url) for url in json.load(sys.stdin)], sys.stdout)
`;
