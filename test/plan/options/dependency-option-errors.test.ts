import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { dependencyOptionErrors, futureErrors } from '../../../src/plan/options/dependency-option-errors';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('options of dependencies');

const errors = (changes: Partial<DependencyRequest>): readonly string[] =>
  dependencyOptionErrors({ dependencies: { ...DEFAULT_DEPENDENCIES, ...changes } }).map(showPlanError);

test('what makes sense is no error', () => {
  assert.equal(errors({}), []);
  assert.equal(
    errors({
      from: 'uv.lock',
      groups: ['dev', 'a_b.c-d'],
      extras: ['socks'],
      index: 'https://example.com/simple/',
      extraIndexes: [
        'https://${USER}:${TOKEN}@example.com/a@b/simple',
        'http://127.0.0.1:1/x',
        'file:///srv/wheels',
        'https://${TOKEN}@example.com/',
      ],
      omit: ['boto3'],
      exclude: ['anything'],
    }),
    [],
  );
});

test('names', () => {
  const name = 'a name of letters, digits, "-", "_" and "."';
  assert.equal(errors({ from: '', groups: ['dev', '-x'], extras: [''], omit: ['boto3 '] }), [
    '`dependencies.from` is "", but must be "script", "beside", "none", or the path of a requirements.txt (or another .txt), pylock.toml, uv.lock, poetry.lock, Pipfile.lock, pdm.lock or pyproject.toml.',
    `\`dependencies.groups[1]\` is "-x", but must be ${name}.`,
    `\`dependencies.extras[0]\` is "", but must be ${name}.`,
    `\`dependencies.omit[0]\` is "boto3 ", but must be ${name}.`,
  ]);
});

test('indexes: no address, and credentials, which are not shown', () => {
  const url = 'a URL that begins with "https://", "http://" or "file://"';
  const alike = (reason: string): string => `a URL that uv and pip read alike, but this one ${reason}`;
  const secret =
    'a URL without a password: write the password as a variable, such as `https://user:${NAME}@host`, and set that variable, or use a netrc file';
  assert.equal(
    errors({
      index: 'i.example/simple',
      extraIndexes: [
        'https://user:s3cr3t@example.com/simple',
        'https://t0ken@example.com/simple',
        'https://${USER}:s3cr3t@example.com/simple',
        'https://a b/',
        'https://a\n--extra-index-url=https://b',
        'https://${A}@b.example\\x/',
        'https://i.example/${TOKEN}',
      ],
    }),
    [
      `\`dependencies.index\` is "i.example/simple", but must be ${url}.`,
      `\`dependencies.extraIndexes[0]\` is "https://…@example.com/simple", but must be ${secret}.`,
      `\`dependencies.extraIndexes[1]\` is "https://…@example.com/simple", but must be ${secret}.`,
      `\`dependencies.extraIndexes[2]\` is "https://…@example.com/simple", but must be ${secret}.`,
      `\`dependencies.extraIndexes[3]\` is "https://a b/", but must be ${alike('has the character U+0020 in it: percent-encode it where it is meant')}.`,
      `\`dependencies.extraIndexes[4]\` is "https://a\\n--extra-index-url=https://b", but must be ${alike('has the character U+000A in it: percent-encode it where it is meant')}.`,
      `\`dependencies.extraIndexes[5]\` is "https://…@b.example\\\\x/", but must be ${alike('has the character \\ in it: percent-encode it where it is meant')}.`,
      `\`dependencies.extraIndexes[6]\` is "https://i.example/${'${TOKEN}'}", but must be ${alike('has a variable after its host: only user name and password may be variables')}.`,
    ],
  );
});

test('a moment that has not passed fixes nothing', () => {
  const now = Date.parse('2026-11-29T12:00:00Z');
  const of = (resolvedAsOf: string) =>
    futureErrors({ dependencies: { ...DEFAULT_DEPENDENCIES, resolvedAsOf } }, now).map(showPlanError);
  assert.equal(of('2099-01-01'), [
    '`dependencies.resolvedAsOf` is 2099-01-01, which is in the future: it fixes nothing. Set a moment that has passed.',
  ]);
  assert.is(of('2026-11-29T14:00:00+01:00').length, 1);
  for (const passed of ['2026-11-29', '2026-11-29T12:00:00Z', '2026-11-29T13:00:00+01:00', 'soon'])
    assert.equal(of(passed), []);
});

test.run();
