import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  IndexCredentials,
  userInfoOfIndex,
  variablesOfIndex,
  withIndexUsers,
} from '../../../src/plan/variables/index-credentials';

const test = suite('credentials of the indexes of a lock');

const URL = 'https://c.example/team/simple';
const CORP = [{ url: URL, variables: 'UV_INDEX_CORP' }];
const user = (username: string, password: string) => ({ username, password });

test('the variables of an index by its name', () => {
  assert.is(variablesOfIndex('uv', 'internal-proxy.2'), 'UV_INDEX_INTERNAL_PROXY_2');
  assert.is(variablesOfIndex('poetry', 'foo-bar'), 'POETRY_HTTP_BASIC_FOO_BAR');
  assert.is(variablesOfIndex('pipenv', 'corp'), undefined);
});

test('a plan names no other variables', () => {
  const reads = (variables: string): boolean => isRight(IndexCredentials.decode({ url: URL, variables }));
  assert.equal(['UV_INDEX_A', 'POETRY_HTTP_BASIC_B'].map(reads), [true, true]);
  assert.equal(['AWS_SECRET', 'UV_INDEX_', 'UV_INDEX_a', 'X_UV_INDEX_A'].map(reads), [
    false,
    false,
    false,
    false,
  ]);
});

test('user name and password of the variables, encoded', () => {
  const of = (values: Readonly<Record<string, string>>) => userInfoOfIndex(`${URL}/`, CORP, values);
  assert.equal(
    of({ UV_INDEX_CORP_USERNAME: 'me', UV_INDEX_CORP_PASSWORD: "p@:/'%" }),
    user('me', 'p%40%3A%2F%27%25'),
  );
  assert.equal(of({ UV_INDEX_CORP_USERNAME: 'me' }), user('me', ''));
  assert.equal(of({ UV_INDEX_CORP_PASSWORD: 'p' }), user('', 'p'));
  assert.is(of({ UV_INDEX_CORP_USERNAME: '', UV_INDEX_OTHER_PASSWORD: 'p' }), undefined);
  assert.is(userInfoOfIndex(URL, [], { UV_INDEX_CORP_PASSWORD: 'p' }), undefined);
});

test('else those of a variable that names an index of the same server', () => {
  const of = (values: Readonly<Record<string, string>>) => userInfoOfIndex(URL, CORP, values);
  assert.equal(
    of({ UV_INDEX: 'https://o.example/simple x=https://a:b@c.example/team/simple/' }),
    user('a', 'b'),
  );
  assert.equal(
    of({
      UV_DEFAULT_INDEX: 'https://other:x@c.example/other/simple',
      PIP_EXTRA_INDEX_URL: 'https://a:b%40@c.example/team/simple',
    }),
    user('a', 'b%40'),
  );
  assert.is(of({ PIP_INDEX_URL: 'https://a:b@c.example:8443/team/simple' }), undefined);
  assert.is(of({ PIP_INDEX_URL: 'http://a:b@c.example/team/simple' }), undefined);
  assert.is(of({ PIP_INDEX_URL: 'https://a:b@c.example.org/team/simple' }), undefined);
  assert.is(of({ PIP_INDEX_URL: 'https://c.example/team/simple' }), undefined);
  assert.equal(
    of({ UV_INDEX: 'https://a:b@c.example/team/simple', UV_INDEX_CORP_PASSWORD: 'first' }),
    user('', 'first'),
  );
  assert.equal(of({ UV_INDEX: `mine=${URL}`, UV_INDEX_MINE_PASSWORD: 'p' }), user('', 'p'));
});

test('variables stand in the text, and their values beside it', () => {
  const text = [`--index-url ${URL}`, '--extra-index-url https://o.example/simple', 'corp==1', ''].join('\n');
  const given = (url: string) => (url === URL ? user('me', 'secret') : undefined);
  assert.equal(withIndexUsers(text, 2, given), {
    text: text.replace(
      'c.example',
      '${CDK_LAMBDA_PYTHON_INDEX_2_0_USERNAME}:${CDK_LAMBDA_PYTHON_INDEX_2_0_PASSWORD}@c.example',
    ),
    values: {
      CDK_LAMBDA_PYTHON_INDEX_2_0_USERNAME: 'me',
      CDK_LAMBDA_PYTHON_INDEX_2_0_PASSWORD: 'secret',
    },
  });
  assert.is(
    withIndexUsers(text, 0, () => user('me', '')).text.split('\n')[1],
    '--extra-index-url https://${CDK_LAMBDA_PYTHON_INDEX_0_1_USERNAME}@o.example/simple',
  );
  const named = '--index-url https://${USER_1}@c.example/simple\n';
  assert.equal(
    withIndexUsers(named, 0, () => user('me', '')),
    { text: named, values: {} },
  );
});

test.run();
