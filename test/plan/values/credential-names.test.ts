import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isCredentialName, mayHoldSecret } from '../../../src/plan/values/credential-names';

const test = suite('names of credentials');

const CREDENTIALS = [
  ...['GITHUB_TOKEN', 'TOKEN', 'githubToken', 'apiToken', 'DB_PASSWORD', 'PGPASSWORD', 'PGPASSWD', 'PASSWD'],
  ...[
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SESSION_TOKEN',
    'API_KEY',
    'APIKEY',
    'STRIPE_SECRET',
  ],
  ...['SSH_PRIVATE_KEY', 'SECRETKEY', 'GOOGLE_APPLICATION_CREDENTIALS', 'NPM_AUTH', 'GITHUB_PAT'],
  ...['UV_INDEX_CORP_PASSWORD', 'UV_INDEX_CORP_USERNAME', 'POETRY_HTTP_BASIC_CORP_PASSWORD'],
  'POETRY_HTTP_BASIC_CORP_USERNAME',
  ...['KEY_PASSPHRASE', 'npm_config__auth'],
];

/** A word of a credential stands in these, but not at their end, or they are documented as content. */
const CONTENT = [
  ...['MAX_TOKENS', 'TOKENS', 'TOKEN_TTL', 'TOKEN_2', 'PASSWORD_MIN_LENGTH', 'SECRET_NAME', 'apiTokenValue'],
  ...['API_KEY_HEADER', 'CREDENTIALS_PROVIDER', 'PRIVATE_KEYS_FOLDER', 'ACCESS_KEY_COUNT', 'DB_PASSWORDS'],
  'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_TOKEN',
  'SETUPTOOLS_SCM_OVERRIDES_FOR_MY_TOKEN',
  'VCS_VERSIONING_PRETEND_VERSION_FOR_MY_TOKEN',
];

const OTHERS = [
  ...['STAGE', 'TOKENIZER_MODEL', 'TOKENIZERS_PARALLELISM', 'SECRETARY', 'KEY', 'AUTHOR', 'UV_DEFAULT_INDEX'],
  ...['SETUPTOOLS_SCM_PRETEND_VERSION', 'PDM_BUILD_SCM_VERSION', 'HATCH_BUILD_HOOKS_ENABLE', 'PBR_VERSION'],
  ...['PASSWORDLESS', 'USERNAME', 'CREDENTIALED', 'COMPAT', 'PAT', 'PATH', 'AUTH'],
];

test('a name that ends with the word of a credential', () => {
  for (const name of CREDENTIALS) assert.ok(isCredentialName(name), name);
});

test('any other name decides content', () => {
  for (const name of [...CONTENT, ...OTHERS]) assert.not(isCredentialName(name), name);
});

test('more names than those are hidden', () => {
  const inTheMiddle = CONTENT.filter((name) => !name.startsWith('VCS'));
  for (const name of [...CREDENTIALS, ...inTheMiddle, 'SECRETS']) assert.ok(mayHoldSecret(name), name);
  for (const name of OTHERS) assert.not(mayHoldSecret(name), name);
});

test.run();
