import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isCredentialName } from '../../src/plan/credential-names';

const test = suite('names of credentials');

test('a name that ends a word with what is secret', () => {
  for (const name of [
    ...['GITHUB_TOKEN', 'TOKEN', 'TOKENS', 'TOKEN_2', 'githubToken', 'apiTokenValue', 'DB_PASSWORD'],
    ...['PASSWD', 'MYSQL_PWD_PASSPHRASE', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'API_KEY', 'APIKEY'],
    ...[
      'SSH_PRIVATE_KEY',
      'SECRETKEY',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'NPM_AUTH',
      'UV_INDEX_CORP_PASSWORD',
    ],
    ...['UV_INDEX_CORP_USERNAME', 'POETRY_HTTP_BASIC_CORP_PASSWORD'],
  ])
    assert.ok(isCredentialName(name), name);
});

test('a longer word is another word', () => {
  for (const name of [
    ...[
      'STAGE',
      'TOKENIZER_MODEL',
      'TOKENIZERS_PARALLELISM',
      'SECRETARY',
      'KEY',
      'AUTHOR',
      'UV_DEFAULT_INDEX',
    ],
    ...['SETUPTOOLS_SCM_PRETEND_VERSION', 'PASSWORDLESS', 'USERNAME', 'CREDENTIALED'],
  ])
    assert.not(isCredentialName(name), name);
});

test.run();
