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

const SCHEMES = [
  ...['http', 'http', 'http', 'https', 'https', 'https'],
  'HTTP',
  'git+https',
  'git+ssh',
  'ssh',
  'ftp',
  'file',
  'javascript',
  'Git+https',
];
const AFTER_SCHEME = ['://', '://', '://', '://', '://', ':/', ':', ':///', ':\\\\', '//'];
const USERS = [
  '',
  '',
  'u@',
  'u:p@',
  'u:p@@',
  ':p@',
  'u:@',
  '@',
  'u%40v:p@',
  'u%2f:p@',
  'ü@',
  'u\\@',
  'u/@',
  'u?@',
  'u#@',
];
const HOSTS = [
  'a.example',
  'b.example',
  'A.Example',
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '[::1]',
  '[::1%25lo]',
  'a.example.',
];
const ODD_HOSTS = [
  'ａ.example',
  'xn--a',
  'xn--bcher-kva.example',
  'bücher.example',
  'ß.example',
  'a_b.example',
  '%61.example',
  '',
  '-a',
  'a..b',
  '１２７.0.0.1',
];
const PORTS = ['', '', '', ':80', ':443', ':8080', ':080', ':', ':0', ':65536', ':٣', ':8_0'];
const PATHS = [
  '',
  '/',
  '/simple',
  '/simple/',
  '/a@b',
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
];
const NOISE = [
  '',
  '',
  '',
  '',
  '',
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
];

/** A URL put together from what parsers differ in, with something put in at any place. */
export const anyUrl: fc.Arbitrary<string> = fc
  .tuple(
    ...[SCHEMES, AFTER_SCHEME, USERS, [...HOSTS, ...HOSTS, ...ODD_HOSTS], PORTS, PATHS].map((of) =>
      fc.constantFrom(...of),
    ),
    fc.constantFrom(...NOISE),
    fc.nat(40),
  )
  .map((parts) => {
    const at = parts.at(-1) as number;
    const noise = parts.at(-2) as string;
    const text = parts.slice(0, -2).join('');
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
