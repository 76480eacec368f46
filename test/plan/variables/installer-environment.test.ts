import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { containerEnvironment, hostEnvironment } from '../../../src/plan/variables/installer-environment';

const test = suite('variables of installers');

const NO_UV = {
  UV_DEFAULT_INDEX: '',
  UV_INDEX: '',
  UV_INDEX_URL: '',
  UV_EXTRA_INDEX_URL: '',
  UV_NO_INDEX: '',
  UV_FIND_LINKS: '',
};

test('those of the bundle, but not where a container has its things', () => {
  const given = { A: '1', PATH: '/opt/bin', HOME: '/root', PYTHONPATH: '/x', VIRTUAL_ENV: '/v' };
  assert.equal(hostEnvironment({ PATH: '/bin', B: '2' }, given), { A: '1' });
  assert.is(containerEnvironment(given), given);
});

test('pip’s indexes for uv, whoever names them', () => {
  const index = { PIP_INDEX_URL: ' https://a/simple\n' };
  assert.equal(hostEnvironment(index, {}), { UV_DEFAULT_INDEX: 'https://a/simple' });
  assert.equal(hostEnvironment({}, index), { ...NO_UV, ...index, UV_DEFAULT_INDEX: 'https://a/simple' });
});

test('extra indexes, which uv asks before the default one', () => {
  const extra = { PIP_EXTRA_INDEX_URL: 'https://a/simple\n  https://b/simple' };
  assert.equal(hostEnvironment(extra, {}), {
    UV_INDEX: 'https://a/simple https://b/simple',
  });
});

test('certificates, trusted hosts and the keyring reach both, also where nothing names an index', () => {
  assert.equal(hostEnvironment({ PIP_CERT: '/ca.pem' }, {}), { SSL_CERT_FILE: '/ca.pem' });
  assert.equal(hostEnvironment({ PIP_CERT: '/ca.pem', UV_DEFAULT_INDEX: 'https://u' }, {}), {
    PIP_INDEX_URL: 'https://u',
    SSL_CERT_FILE: '/ca.pem',
  });
  assert.equal(hostEnvironment({ PIP_CERT: '/ca.pem', SSL_CERT_FILE: '/other.pem' }, {}), {});
  assert.equal(hostEnvironment({ SSL_CERT_FILE: '/ca.pem' }, {}), { PIP_CERT: '/ca.pem' });
  assert.equal(hostEnvironment({ CURL_CA_BUNDLE: '/ca.pem' }, {}), { SSL_CERT_FILE: '/ca.pem' });
  assert.equal(hostEnvironment({ CURL_CA_BUNDLE: '/ca.pem', SSL_CERT_DIR: '/folder' }, {}), {});
  const both = (hosts: string) => ({ UV_INSECURE_HOST: hosts, PIP_TRUSTED_HOST: hosts });
  assert.equal(hostEnvironment({ PIP_TRUSTED_HOST: 'a\n b' }, {}), both('a b'));
  assert.equal(hostEnvironment({ UV_INSECURE_HOST: 'a b' }, {}), both('a b'));
  assert.equal(hostEnvironment({ PIP_TRUSTED_HOST: 'a b', UV_INSECURE_HOST: 'b c' }, {}), both('b c a'));
  for (const [mine, other] of [
    ['PIP_KEYRING_PROVIDER', 'UV_KEYRING_PROVIDER'],
    ['UV_KEYRING_PROVIDER', 'PIP_KEYRING_PROVIDER'],
  ] as const)
    assert.equal(hostEnvironment({ [mine]: 'subprocess' }, {}), { [other]: 'subprocess' });
});

test('folders of wheels, beside an index and without one', () => {
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '/a' }, {}), { UV_FIND_LINKS: '/a' });
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '/a /b', PIP_NO_INDEX: '1' }, {}), {
    UV_NO_INDEX: '1',
    UV_FIND_LINKS: '/a,/b',
  });
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '/a', PIP_INDEX_URL: 'https://p' }, {}), {
    UV_DEFAULT_INDEX: 'https://p',
    UV_FIND_LINKS: '/a',
  });
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '/a', UV_DEFAULT_INDEX: 'https://u' }, {}), {
    PIP_INDEX_URL: 'https://u',
    UV_FIND_LINKS: '/a',
  });
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '/a', UV_FIND_LINKS: '/b' }, {}), {});
  for (const off of ['0', 'false', 'No', 'off']) assert.equal(hostEnvironment({ PIP_NO_INDEX: off }, {}), {});
});

test('the home of a user in a list of pip, which uv does not know', () => {
  const home = { HOME: '/home/$&me' };
  const linked = (value: string): unknown => hostEnvironment({ ...home, PIP_FIND_LINKS: value }, {});
  assert.equal(linked('~/w /a/~/b ~'), { UV_FIND_LINKS: '/home/$&me/w,/a/~/b,/home/$&me' });
  assert.equal(linked('~other/w'), { UV_FIND_LINKS: '~other/w' });
  assert.equal(hostEnvironment({ PIP_FIND_LINKS: '~/w' }, {}), { UV_FIND_LINKS: '~/w' });
});

test('a space in a list of uv, which pip would split at', () => {
  const linked = (value: string): unknown => hostEnvironment({ UV_FIND_LINKS: value }, {});
  assert.equal(linked('/f l/50%,/b'), { PIP_FIND_LINKS: 'file:///f%20l/50%25 /b' });
  assert.equal(linked('https://h/f l'), { PIP_FIND_LINKS: 'https://h/f%20l' });
});

test('trust, with an index and without one', () => {
  const own = { PIP_TRUSTED_HOST: 'a b:8080', PIP_CERT: '/ca.pem' };
  const trust = { UV_INSECURE_HOST: 'a b:8080', PIP_TRUSTED_HOST: 'a b:8080', SSL_CERT_FILE: '/ca.pem' };
  assert.equal(hostEnvironment(own, {}), trust);
  assert.equal(hostEnvironment({ ...own, PIP_INDEX_URL: 'https://a' }, {}), {
    UV_DEFAULT_INDEX: 'https://a',
    ...trust,
  });
  assert.equal(hostEnvironment({ PIP_INDEX_URL: 'https://a', PIP_CERT: '/x', SSL_CERT_FILE: '/y' }, {}), {
    UV_DEFAULT_INDEX: 'https://a',
  });
});

test('uv’s own come first, but not those of this machine before what the bundle names for pip', () => {
  const own = { UV_INDEX: 'https://u', PIP_INDEX_URL: 'https://p' };
  assert.equal(hostEnvironment(own, {}), {});
  const given = { UV_DEFAULT_INDEX: 'https://x', PIP_INDEX_URL: 'https://y' };
  assert.equal(hostEnvironment(own, given), given);
  assert.is(containerEnvironment(given), given);
  const pip = { PIP_INDEX_URL: 'https://y' };
  assert.equal(hostEnvironment(own, pip), { ...NO_UV, ...pip, UV_DEFAULT_INDEX: 'https://y' });
  assert.equal(containerEnvironment(pip), { ...NO_UV, ...pip });
});

test('an empty variable is none', () => {
  assert.equal(hostEnvironment({ PIP_INDEX_URL: '', UV_INDEX: '' }, {}), {});
  assert.equal(hostEnvironment({ PIP_INDEX_URL: 'https://p', UV_INDEX: '' }, {}), {
    UV_DEFAULT_INDEX: 'https://p',
  });
});

test("uv's indexes are pip's as well, without the names that uv gives them", () => {
  const own = { UV_DEFAULT_INDEX: 'https://d/simple', UV_INDEX: 'a=https://a/simple https://b/simple' };
  assert.equal(hostEnvironment(own, {}), {
    PIP_INDEX_URL: 'https://d/simple',
    PIP_EXTRA_INDEX_URL: 'https://a/simple https://b/simple',
  });
  assert.equal(hostEnvironment({ UV_INDEX_URL: 'https://o', UV_EXTRA_INDEX_URL: 'https://e' }, {}), {
    PIP_INDEX_URL: 'https://o',
    PIP_EXTRA_INDEX_URL: 'https://e',
  });
  assert.equal(hostEnvironment({ UV_NO_INDEX: '1', UV_FIND_LINKS: '/a,/b' }, {}), {
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: '/a /b',
  });
  assert.equal(hostEnvironment({ ...own, PIP_INDEX_URL: 'https://p' }, {}), {});
});

test.run();
