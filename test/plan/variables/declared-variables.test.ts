import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  areAsDeclared,
  declaredVariables,
  variablesDigest,
  variablesWithCredentials,
} from '../../../src/plan/variables/declared-variables';
import { sha256 } from '../../../src/plan/values/hash';

const test = suite('variables that count');

const VALUES = {
  STAGE: 'dev',
  UV_DEFAULT_INDEX: 'https://u:p@h/simple',
  PIP_RETRIES: '9',
  HTTPS_PROXY: 'http://proxy',
  GITHUB_TOKEN: 'secret',
  HOST: 'h.example',
};

const names = (...asked: Parameters<typeof declaredVariables>): readonly string[] =>
  declaredVariables(...asked)?.names ?? [];

test('code reads all but credentials and what only says how a tool works', () => {
  assert.equal(names(VALUES, 'code'), ['HOST', 'STAGE', 'UV_DEFAULT_INDEX']);
});

test('an installer reads its own', () => {
  assert.equal(names(VALUES, 'installer'), ['UV_DEFAULT_INDEX']);
});

test('nothing counts where every file is checked, or where nothing is given', () => {
  assert.is(declaredVariables(VALUES, 'nothing'), null);
  assert.is(declaredVariables({}, 'code'), null);
  assert.is(declaredVariables({ TOKEN: 'x', NO_COLOR: '1' }, 'code'), null);
});

test('names and values that do not decide content', () => {
  for (const name of [
    ...['UV_HTTP_TIMEOUT', 'UV_REQUEST_TIMEOUT', 'PIP_DEFAULT_TIMEOUT', 'PIP_TIMEOUT', 'PIP_RETRIES'],
    ...['UV_HTTP_RETRIES', 'UV_CONCURRENT_DOWNLOADS', 'UV_NO_PROGRESS', 'PIP_NO_COLOR', 'UV_CACHE_DIR'],
    ...['https_proxy', 'NO_PROXY', 'SSL_CERT_FILE', 'PIP_CERT', 'NETRC', 'RUST_LOG'],
  ])
    assert.equal(names({ [name]: 'x' }, 'code'), [], name);
  for (const name of ['UV_INDEX', 'PIP_PRE', 'UV_RESOLUTION', 'PIP_CONSTRAINT', 'UV_NO_BINARY', 'MY_TIMEOUT'])
    assert.equal(names({ [name]: 'x' }, 'code'), [name], name);
});

test('the digest is that of a text of the sorted pairs, without users and passwords of URLs', () => {
  const pairs = [
    ['A', 'https://h/simple'],
    ['B', '1'],
    ['C', null],
  ];
  assert.is(
    variablesDigest(['C', 'B', 'A'], { A: 'https://u:p@h/simple', B: '1' }),
    sha256(JSON.stringify(['variables/1', pairs])),
  );
  const other = variablesDigest(['A'], { A: 'https://u:p@other/simple' });
  assert.is.not(variablesDigest(['A'], { A: 'https://u:p@h/simple' }), other);
  assert.is.not(variablesDigest(['A', 'B'], { A: 'x' }), variablesDigest(['A', 'B'], { A: 'x', B: '' }));
});

test('a word of a credential in the middle of a name is no credential', () => {
  for (const name of ['MAX_TOKENS', 'TOKEN_TTL', 'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_TOKEN'])
    assert.equal(names({ [name]: 'x' }, 'code'), [name], name);
});

test('values of which only a part counts are known by name', () => {
  const values = { ...VALUES, PLAIN: 'https://h/simple', HTTPS_PROXY: 'http://u:p@h', A: 'x https://t@h/x' };
  assert.equal(variablesWithCredentials(values), ['A', 'UV_DEFAULT_INDEX']);
});

test('values are compared with those that were planned', () => {
  const declared = declaredVariables(VALUES, 'code');
  assert.ok(areAsDeclared(declared, { ...VALUES, GITHUB_TOKEN: 'another', OTHER: '1' }));
  assert.ok(areAsDeclared(declared, { ...VALUES, UV_DEFAULT_INDEX: 'https://h/simple' }));
  assert.not(areAsDeclared(declared, { ...VALUES, STAGE: 'prod' }));
  assert.not(areAsDeclared(declared, { ...VALUES, STAGE: undefined }));
  assert.ok(areAsDeclared(null, {}));
});

test.run();
