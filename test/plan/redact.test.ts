import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { redactUrls } from '../../src/plan/redact';

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

test.run();
