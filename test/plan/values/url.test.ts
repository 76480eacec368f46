import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { redactUrls, shownUrl } from '../../../src/plan/values/redact';
import type { ReadUrl } from '../../../src/plan/values/url';
import {
  readIndexUrl,
  readUrl,
  scpAsUrl,
  splitUrl,
  urlForKey,
  userInfoOf,
  userInfoProblem,
  variablesOfUrl,
} from '../../../src/plan/values/url';
import { anyUrl } from '../../support/hostile-urls';

const test = suite('URLs');

const DEFAULT: ReadUrl = { scheme: 'https', user: null, password: null, host: 'h', port: null, rest: '' };

const READ: Readonly<Record<string, Partial<ReadUrl>>> = {
  'https://h': {},
  'https://H.Example:8443/a@b?c=d#e': { host: 'h.example', port: '8443', rest: '/a@b?c=d#e' },
  'https://u:p@h/': { user: 'u', password: 'p', rest: '/' },
  'https://u%40v:p:q@w@h/': { user: 'u%40v', password: 'p:q@w', rest: '/' },
  'https://${USER}:${PASSWORD}@h/': { user: '${USER}', password: '${PASSWORD}', rest: '/' },
  'https://aws:${TOKEN}@h/': { user: 'aws', password: '${TOKEN}', rest: '/' },
  'https://${TOKEN}@h/': { user: '${TOKEN}', rest: '/' },
  'https://:p@h/': { user: '', password: 'p', rest: '/' },
  'http://[::1]:80/': { scheme: 'http', host: '[::1]', port: '80', rest: '/' },
  'git+ssh://git@h/o/r.git@v1': { scheme: 'git+ssh', user: 'git', rest: '/o/r.git@v1' },
  'file:///srv/wheels': { scheme: 'file', host: '', rest: '/srv/wheels' },
  'file://localhost/srv': { scheme: 'file', host: '', rest: '/srv' },
  'https://h/é/%C3%A9': { rest: '/é/%C3%A9' },
};

for (const [text, expected] of Object.entries(READ))
  test(`${text} is read`, () =>
    assert.equal(readUrl(text), { _tag: 'Right', right: { ...DEFAULT, ...expected } }));

const encode = 'percent-encode it where it is meant';
const unlike = 'has a host or a port that uv and pip do not read alike: write the host in ASCII (xn--…)';

const REFUSED: Readonly<Record<string, string>> = {
  '': 'has no "://" after its scheme',
  'h/simple': 'has no "://" after its scheme',
  'https:/h/': 'has no "://" after its scheme',
  'https:h/': 'has no "://" after its scheme',
  'https:///h': 'has no host',
  'https://u:p@/x': 'has no host',
  'http://a\\@h/': `has the character \\ in it: ${encode}`,
  'http://a\t@h/': `has the character U+0009 in it: ${encode}`,
  'http://h/\u2028': `has the character U+2028 in it: ${encode}`,
  'http://h/${lower}': `has the character { in it: ${encode}`,
  'HTTPS://h/': 'has the scheme HTTPS: write it in lower case',
  'ext::sh': 'has no "://" after its scheme',
  'javascript://h/': 'has the scheme javascript, which nothing is fetched by',
  'https://h?x=y@z': 'has no "/" after its host',
  'https://${A}.example/': 'has a variable in its host',
  '${URL}/x': 'begins with a variable: only user name and password may be variables',
  'https://h/${A}': 'has a variable after its host: only user name and password may be variables',
  'https://a${A}@h/':
    'has a variable and other text in one user name or password: put all of it into the variable',
  'https://${PROJECT_ROOT}@h/': 'has the variable PROJECT_ROOT, to which uv gives another value than pip',
  'https://@h/': 'has an "@", but no user name before it',
  'https://:@h/': 'has an "@", but no user name before it',
  'https://u%C3%BC@h/': 'has a user name or password that is not ASCII, which pip and uv send differently',
  'git+https://u@v@h/x': 'has more than one "@" before its host: write %40 for those of the password',
  'git+ssh://-oProxyCommand=x@h/x': 'has a user name that ssh takes for an option',
  'git+ssh://git@-oProxyCommand=x/x': unlike,
  'git+ssh://git@h:owner/x': unlike,
  'https://h:080/': unlike,
  'https://h:/': unlike,
  'https://h:65536/': unlike,
  'https://[fe80::1%25eth0]/': unlike,
  'https://bücher.example/': unlike,
  'https://%68/': unlike,
  'https://a.1/': 'has an invalid host',
  'https://127.1/': 'has a host that uv reads as 127.0.0.1: write that',
  'https://[0:0::1]/': 'has a host that uv reads as [::1]: write that',
  'https://h/a/../b': 'has "." or ".." as a part of its path',
  'https://h/%2e%2E/b': 'has "." or ".." as a part of its path',
  'https://h/%zz': 'has a "%" that encodes no printable character: write %25',
  'https://h/%0a': 'has a "%" that encodes no printable character: write %25',
  'file://h/srv': 'is of a file on another machine: write file:/// and an absolute path',
  [`https://h/${'x'.repeat(8000)}`]: 'is longer than 8000 characters',
};

for (const [text, reason] of Object.entries(REFUSED))
  test(`${text.slice(0, 60)} is refused`, () => assert.equal(readUrl(text), { _tag: 'Left', left: reason }));

test('the URL of an index has no query, no fragment, and the scheme of one', () => {
  const odd = 'is that of an index, and has a query or a fragment, which pip and uv put in different places';
  assert.equal(readIndexUrl('https://h/?a'), { _tag: 'Left', left: odd });
  assert.equal(readIndexUrl('https://h/#a'), { _tag: 'Left', left: odd });
  assert.equal(readIndexUrl('git+https://h/x'), {
    _tag: 'Left',
    left: 'has the scheme git+https, which no index has',
  });
  assert.is(readIndexUrl('https://h/a')._tag, 'Right');
});

test('a key has no user and no password of a URL that is read, and all of one that is not', () => {
  assert.is(urlForKey('https://u:p@h/x'), 'https://h/x');
  assert.is(urlForKey('https://${A}:${B}@h/x@y'), 'https://h/x@y');
  assert.is(urlForKey('https://h/x'), 'https://h/x');
  assert.is(urlForKey('http://a\\@h/x'), 'http://a\\@h/x');
});

test('a message that refuses a URL does not show what may be a password', () => {
  assert.is(shownUrl('http://u:p\\@h/x'), 'http://…@h/x');
  assert.is(shownUrl('http://u:p/q@h/x'), 'http://…@h/x');
  assert.is(shownUrl('u:p@h/x'), '…@h/x');
  assert.is(shownUrl('https://u:p@h/x'), 'https://h/x');
  assert.is(shownUrl('https://127.1/x'), 'https://127.1/x');
});

test('variables, and values that may stand for them', () => {
  const read = readUrl('https://${USER}:${PASSWORD}@h/');
  if (isLeft(read)) throw new Error(read.left);
  assert.equal(variablesOfUrl(read.right), ['USER', 'PASSWORD']);
  for (const value of ['', 'abc', 'a:b', 'a%2Fb%40', 'a-._~!$&()*+,;=:b'])
    assert.is(userInfoProblem(value), undefined, value);
  for (const value of [
    'a/b',
    'a@b',
    'a#b',
    'a?b',
    'a\\b',
    'a b',
    'a"b',
    'a\nb',
    'é',
    '%',
    '%zz',
    '${A}',
    '[a]',
  ])
    assert.match(
      userInfoProblem(value) ?? '',
      /^has a character in its user name or password that must be/,
      value,
    );
  for (const value of ['%c3%a9', '%ff', '%0a'])
    assert.match(userInfoProblem(value) ?? '', /^has a user name or password that is not ASCII/, value);
});

test("git's own way of writing an address of SSH", () => {
  assert.is(scpAsUrl('git@h:o/r.git'), 'ssh://git@h/o/r.git');
  assert.is(scpAsUrl('git@h:/o/r.git'), 'ssh://git@h/o/r.git');
  assert.is(scpAsUrl('https://h/o'), 'https://h/o');
});

test('of a URL that cannot be read, all before the last "@" may be a password', () => {
  assert.equal(splitUrl('https://u:p/q@h/rest'), { userInfo: 'u:p/q', host: 'h', rest: '/rest' });
  assert.equal(splitUrl('https://u:p@h/rest'), { userInfo: 'u:p', host: 'h', rest: '/rest' });
  assert.equal(splitUrl('https://H:8080/a?b@c'), { userInfo: '', host: 'H:8080', rest: '/a?b@c' });
  assert.equal(splitUrl('file:///a'), { userInfo: '', host: '', rest: '/a' });
  assert.is(splitUrl('u:p@h'), undefined);
});

test('a message has no user and no password of any URL that is read', () => {
  fc.assert(
    fc.property(anyUrl, (url) => {
      const read = readUrl(url);
      if (isLeft(read) || userInfoOf(read.right) === '') return;
      assert.is(redactUrls(url), urlForKey(url));
      assert.not.ok(urlForKey(url).includes(`${userInfoOf(read.right)}@`));
    }),
  );
});

test.run();
