import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexVariableProblems } from '../../../src/plan/variables/index-variables';

const test = suite('URLs of indexes in variables');

const BACKSLASH = 'has the character \\ in it: percent-encode it if it is meant';

const problem = (name: string, value: string): string | undefined =>
  indexVariableProblems({ [name]: value })[0]?.problem;

test('URLs that uv and pip read alike, and what is no URL of the network', () => {
  const values = {
    UV_DEFAULT_INDEX: 'corp=https://me:s3cret@h/simple/',
    UV_INDEX: 'a=https://h/a https://h/b /wheels b=/wheels C:\\wheels',
    UV_FIND_LINKS: 'https://h/f l,/w\\x, file:///a\\b',
    UV_INDEX_URL: ' https://h/simple\n',
    PIP_INDEX_URL: 'https://token:@h:8080',
    PIP_EXTRA_INDEX_URL: '\n  https://h/a\n  https://h/b',
    PIP_FIND_LINKS: '~/w https://h/links?a=b',
    PIP_PYPI_URL: '',
    HTTPS_PROXY: 'http://a\\@h',
    toString: 'http://a\\@h',
  };
  assert.equal(indexVariableProblems({ ...values, UV_EXTRA_INDEX_URL: undefined }), []);
});

test('each variable that names indexes is looked at, and each part of a list', () => {
  for (const name of ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_FIND_LINKS'])
    assert.is(problem(name, 'http://127.0.0.1\\@h/'), BACKSLASH, name);
  for (const name of ['PIP_INDEX_URL', 'PIP_PYPI_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_FIND_LINKS'])
    assert.is(problem(name, 'http://127.0.0.1\\@h/'), BACKSLASH, name);
  for (const value of ['https://h a=http://a\\@h', 'https://h  http://a\\@h'])
    assert.is(problem('UV_INDEX', value), BACKSLASH);
  assert.is(problem('UV_FIND_LINKS', '/w, http://a\\@h'), BACKSLASH);
  assert.is(problem('PIP_EXTRA_INDEX_URL', 'https://h\thttp://a\\@h'), BACKSLASH);
});

test('white space that an installer does not split at is a part of the URL', () => {
  const tab = 'has the character U+0009 in it: percent-encode it if it is meant';
  assert.is(problem('UV_INDEX', 'http://127.0.0.1\t@h/'), tab);
  assert.is(problem('UV_DEFAULT_INDEX', 'http://127.0.0.1\t@h/'), tab);
  assert.is(problem('PIP_INDEX_URL', 'http://127.0.0.1\t@h/'), tab);
  assert.is(
    problem('PIP_INDEX_URL', '\u0001http://h/'),
    'has the character U+0001 in it: percent-encode it if it is meant',
  );
});

test('URLs without two slashes, and of another scheme', () => {
  assert.is(problem('UV_INDEX', 'http:/h/simple'), 'has no "://" after its scheme');
  assert.is(problem('UV_INDEX', 'me:s3cret@h/simple'), 'has no "://" after its scheme');
  assert.is(
    problem('PIP_INDEX_URL', 'git+https://h/x'),
    'has the scheme git+https, which an index cannot have',
  );
});

test('what is neither a URL nor an absolute path: uv passes over it in silence', () => {
  const said = 'has no scheme, such as https://, and is not an absolute path';
  for (const value of [
    'h.example/simple',
    '127.0.0.1:8080/simple',
    '//h.example/simple',
    './wheels',
    'wheels',
  ])
    for (const name of ['UV_INDEX', 'UV_DEFAULT_INDEX', 'UV_FIND_LINKS', 'PIP_INDEX_URL', 'PIP_FIND_LINKS'])
      assert.is(problem(name, value), said, `${name}=${value}`);
});

test.run();
