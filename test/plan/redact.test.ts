import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { redactUrls, redactValues, secretVariables } from '../../src/plan/redact';

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
