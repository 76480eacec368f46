import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toBase64 } from '../../../src/plan/values/base64-traces';
import { redactUrls, redactValues, secretVariables, shownValue } from '../../../src/plan/values/redact';

const test = suite('redact');

const redacted: Readonly<Record<string, string>> = {
  'https://u:p@host/simple': 'https://host/simple',
  'https://token@host': 'https://host',
  'https://u:p@ss@host/x': 'https://host/x',
  'https://${USER}:${TOKEN}@host/simple': 'https://host/simple',
  'git+ssh://git@github.com/o/r@v1': 'git+ssh://github.com/o/r@v1',
  'HTTPS://U:P@HOST': 'HTTPS://HOST',
  "https://u:it's@host/": 'https://host/',
  'see "https://u:p@h/a" and https://v:q@h/b.': 'see "https://h/a" and https://h/b.',
  'https://host/simple/a@b': 'https://host/simple/a@b',
  'https://host?mail=a@b': 'https://host?mail=a@b',
  'https://host#a@b': 'https://host#a@b',
  'name @ https://host/x.whl': 'name @ https://host/x.whl',
  'someone@example.com': 'someone@example.com',
  'https://a\nb@c': 'https://a\nb@c',
};

for (const [text, expected] of Object.entries(redacted)) {
  test(`${JSON.stringify(text)} becomes ${JSON.stringify(expected)}`, () => {
    assert.is(redactUrls(text), expected);
  });
}

test('whatever the user and the password are, only the rest is left', () => {
  const part = fc.stringMatching(/^[^\s/?#"<>]{0,12}$/);
  fc.assert(
    fc.property(part, part, (user, password) => {
      assert.is(redactUrls(`-i https://${user}:${password}@host/simple\n`), '-i https://host/simple\n');
    }),
  );
});

test('a long word takes no longer than its length', () => {
  const [word, schemes] = ['a'.repeat(300_000), 'https://'.repeat(30_000)];
  const started = performance.now();
  assert.is(redactUrls(word), word);
  assert.is(redactUrls(schemes), schemes);
  // Four times the length took sixteen times as long: half a minute for this one.
  assert.ok(performance.now() - started < 2000);
});

test('the values of variables, as they are and as a URL has them; the longest first', () => {
  const values = {
    TOKEN: 's3cr3t/t0ken',
    LONGER: 's3cr3t/t0ken-and-more',
    PIP_INDEX_URL: 'https://aws:p%2Fassw0rd@host/simple',
    EXTRA: 'https://0nly-a-token@host/a https://u:an0ther-password@host/b',
  };
  const text =
    's3cr3t/t0ken s3cr3t/t0ken-and-more p%2Fassw0rd p/assw0rd 0nly-a-token an0ther-password https://host/simple';
  assert.is(
    redactValues(text, values),
    '${TOKEN} ${LONGER} ${PIP_INDEX_URL} ${PIP_INDEX_URL} ${EXTRA} ${EXTRA} https://host/simple',
  );
});

test('what is no secret stays: short words, paths, URLs without a password', () => {
  const values = {
    A: '5',
    LANG: 'C.UTF-8',
    B: '/opt/wheels',
    C: 'https://host/simple',
    D: '',
    E: './a/folder',
  };
  const text = '5 C.UTF-8 /opt/wheels https://host/simple ./a/folder';
  assert.is(redactValues(text, values), text);
});

test('as URLs and headers have them; a long part of a path; a named index', () => {
  const values = {
    PIP_INDEX_URL: 'https://aws:p%2Fassw0rd@h/t0ken0123456789abc/simple',
    UV_INDEX: 'a=https://user:of-uv-alone@h',
  };
  for (const text of [
    'p/assw0rd',
    'p%2Fassw0rd',
    'p%2fassw0rd',
    btoa('p/assw0rd'),
    btoa('aws:p/assw0rd'),
    btoa(values.PIP_INDEX_URL),
    't0ken0123456789abc',
  ]) {
    assert.is(redactValues(`<${text}>`, values), '<${PIP_INDEX_URL}>', text);
  }
  assert.is(redactValues('of-uv-alone', values), '${UV_INDEX}');
  assert.is(redactValues('user:t0ken%2Fof', { URL_0: 'user:t0ken%2Fof' }), '${URL_0}');
  assert.is(redactValues('t0ken/of-it', { URL_0: 'user:t0ken%2Fof-it' }), '${URL_0}');
});

test('the path and the query of a URL, which may have a token in them', () => {
  const shown = (url: string, text: string): string => redactValues(text, { PIP_INDEX_URL: url });
  const NAME = '${PIP_INDEX_URL}';
  const path = 'http://127.0.0.1:80/wr0ngS3cret/simple';
  const cases: readonly (readonly [string, string, string])[] = [
    [path, `${path}/six/`, `http://127.0.0.1:80/${NAME}/simple/six/`],
    [`${path}/`, `${path}/six/`, `http://127.0.0.1:80/${NAME}/simple/six/`],
    [path, 'with url: /wr0ngS3cret/simple/six/ (', `with url: /${NAME}/simple/six/ (`],
    [path, 'http://127.0.0.1:80/wr0ngS3cret/files/six.whl', `http://127.0.0.1:80/${NAME}/files/six.whl`],
    [`corp=${path}`, `${path}/six/`, `http://127.0.0.1:80/${NAME}/simple/six/`],
    [`http://o/simple,${path}`, `${path}/six/`, `http://127.0.0.1:80/${NAME}/simple/six/`],
    ['https://h/short/', 'https://h/short/six/ /short/x', `https://h/${NAME}/six/ /short/x`],
    ['https://h/long-word/simple', 'GET /long-word/files', `GET /${NAME}/files`],
    ['https://h/short/', 'with url: /short/six/', `with url: /${NAME}/six/`],
    ['https://h/short/pypi/simple', ' /short/pypi/simple/six/', ` /${NAME}/pypi/simple/six/`],
    ['https://h/a%20b%2Fc/simple', 'https://h/a%20b%2fc/simple/', `https://h/${NAME}/simple/`],
    ['https://h/simple?token=abc', 'https://h/simple/six/?token=abc', `https://h/simple/six/?${NAME}`],
    ['https://h/simple?token=abc', 'https://h/simple?token=abc/six/', `https://h/simple?${NAME}/six/`],
    ['https://h/simple?a=1&key=wr0ngS3cret', 'key wr0ngS3cret', `key ${NAME}`],
    ['https://u:p@h/wr0ngS3cret/simple', 'https://u:p@h/wr0ngS3cret/', `https://u:p@h/${NAME}/`],
  ];
  for (const [url, text, expected] of cases) assert.is(shown(url, text), expected, `${url}: ${text}`);
});

test('what every index has in its path stays, as do other hosts and paths of this machine', () => {
  const same: Readonly<Record<string, string>> = {
    'https://h/simple': 'https://h/simple/six/ and simple',
    'https://h/pypi/simple/': 'https://h/pypi/simple/six/',
    'https://h/base/+simple': '/base/x https://other/base/x',
    'https://h/packages/simple': 'No packages found in ./packages and /opt/packages',
    'https://h/whl/manylinux2014/python3.12': 'python3.12 manylinux2014 whl',
    'file:///opt/some-wheels': '/opt/some-wheels/a.whl',
    'https://h': 'https://h/a/b',
  };
  for (const [url, text] of Object.entries(same))
    assert.is(redactValues(text, { PIP_INDEX_URL: url }), text, url);
});

test('base64 of a text around a secret, of a key with several lines, and broken into lines', () => {
  const secret = 'of-s0me-service';
  for (const text of [`user:${secret}`, `a:${secret}\n`, `${secret}\n`, `ab${secret}cd`, `é:${secret}`]) {
    const redacted = redactValues(toBase64(text), { API_TOKEN: secret });
    assert.match(redacted, /^[\w+/]{0,12}\$\{API_TOKEN\}[\w+/]{0,6}=*$/, text);
    const letters = redacted.replace('${API_TOKEN}', '');
    assert.ok(letters.length < toBase64(text).length - secret.length, text);
  }
  const urlSafe = '>>>???>>>???';
  assert.is(redactValues(toBase64(urlSafe).replaceAll('/', '_'), { API_TOKEN: urlSafe }), '${API_TOKEN}');
  const key = [
    '-----BEGIN KEY-----',
    'MIIabcdefgh0123456789',
    'ijklmnop9876543210',
    '-----END KEY-----',
    '',
  ].join('\n');
  for (const width of [20, 64, 76, 1000]) {
    const lines = toBase64(key).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    assert.is(redactValues(lines.join('\n'), { SIGNING_SECRET: key }), '${SIGNING_SECRET}', String(width));
    assert.is(redactValues(lines.join('\n  '), { SIGNING_SECRET: key }), '${SIGNING_SECRET}', String(width));
  }
});

test('a value that a message shows has nothing of a URL but the host and what every index has', () => {
  const shown: Readonly<Record<string, string>> = {
    'https://u:passw0rd@h/simple': 'https://h/simple',
    'https://u:passw0rd@h/token/simple,https://h2/a/c.txt?k=v': 'https://h/${N}/simple,https://h2/${N}?${N}',
    'a=https://h/pypi': 'a=https://h/pypi',
    '2024-01-01 and a long word': '2024-01-01 and a long word',
    'unix:///var/run/docker.sock': 'unix:///var/run/docker.sock',
    'unix:///tmp/engine-of-a-run-9UpPWY/socket': 'unix:///tmp/engine-of-a-run-9UpPWY/socket',
    'npipe:////./pipe/docker_engine_0123456789': 'npipe:////./pipe/docker_engine_0123456789',
    'tcp://10.0.0.1:2375': 'tcp://10.0.0.1:2375',
  };
  for (const [value, expected] of Object.entries(shown)) assert.is(shownValue('N', value), expected, value);
});

test('variables of this machine that may hold a secret: by their names, or because they are URLs', () => {
  const secret = {
    AWS_SECRET_ACCESS_KEY: 'a',
    AWS_SESSION_TOKEN: 'a',
    AWS_ACCESS_KEY_ID: 'a',
    DB_PASSWORD: 'a',
    PGPASSWD: 'a',
    npm_config__auth: 'a',
    MY_API_KEY: 'a',
    HTTPS_PROXY: 'http://u:p@h',
    UV_INDEX: 'a=https://u:p@h',
  };
  assert.equal(
    secretVariables({ ...secret, PATH: '/bin', LANG: 'C', EDITOR: 'vi', GONE: undefined }),
    secret,
  );
});

test.run();
