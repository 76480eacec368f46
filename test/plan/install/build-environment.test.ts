import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildEnvironment, buildingEnvironment } from '../../../src/plan/install/build-environment';

const test = suite('what a build sees');

const OWN = {
  PATH: '/bin',
  HOME: '/home/me',
  LC_ALL: 'C',
  TZ: 'Asia/Tokyo',
  TMPDIR: '/tmp/x',
  AWS_SECRET_ACCESS_KEY: 's3cret',
  AWS_PROFILE: 'prod',
  GITHUB_TOKEN: 's3cret',
  NPM_TOKEN: 's3cret',
  VIRTUAL_ENV: '/venv',
  PYTHONPATH: '/lib',
  PIP_INDEX_URL: 'https://me:s3cret@h/simple',
  UV_INDEX_PRIVATE_PASSWORD: 's3cret',
  NETRC: '/home/me/other',
  SSH_AUTH_SOCK: '/run/agent',
  GIT_SSH_COMMAND: 'ssh -i key',
  https_proxy: 'http://proxy:1',
  HTTP_PROXY: 'http://me:s3cret@proxy:1',
  SSL_CERT_FILE: '/etc/ca.pem',
  SETUPTOOLS_SCM_PRETEND_VERSION: '1.2',
  INDEX_TOKEN: 's3cret',
  UNSET: undefined,
};

const installer = buildingEnvironment(OWN, { EXTRA: 'given', HOME: '/root' }, ['INDEX_TOKEN', 'UNSET']);

test('an installer gets what it reads, what the bundle gives, and what the requirements mention', () => {
  assert.equal(Object.keys(installer).sort(), [
    'EXTRA',
    'GIT_SSH_COMMAND',
    'HOME',
    'HTTP_PROXY',
    'INDEX_TOKEN',
    'LANG',
    'LC_ALL',
    'NETRC',
    'PATH',
    'PIP_CERT',
    'PIP_INDEX_URL',
    'SETUPTOOLS_SCM_PRETEND_VERSION',
    'SSH_AUTH_SOCK',
    'SSL_CERT_FILE',
    'TMPDIR',
    'TZ',
    'UV_DEFAULT_INDEX',
    'UV_INDEX_PRIVATE_PASSWORD',
    'https_proxy',
  ]);
  assert.is(installer['HOME'], '/home/me');
});

test('what it builds gets no credentials, and a home of its own', () => {
  assert.equal(buildEnvironment({ ...installer, CC: 'false' }, '/empty'), {
    PATH: '/bin',
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TMPDIR: '/tmp/x',
    https_proxy: 'http://proxy:1',
    SSL_CERT_FILE: '/etc/ca.pem',
    SETUPTOOLS_SCM_PRETEND_VERSION: '1.2',
    CC: 'false',
    HOME: '/empty',
    USERPROFILE: '/empty',
    PIP_CERT: '/etc/ca.pem',
  });
});

test('zone and language are the same on every machine, or those of the bundle', () => {
  const own = { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LANGUAGE: 'de', LC_TIME: 'fr_FR', LC_ALL: 'de_DE' };
  const neutral = { TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  assert.equal(buildingEnvironment(own, {}, []), neutral);
  assert.equal(buildingEnvironment(own, {}, ['LC_TIME']), neutral, 'also where requirements mention one');
  assert.equal(buildingEnvironment(own, { TZ: 'Europe/Berlin' }, []), { ...neutral, TZ: 'Europe/Berlin' });
  assert.equal(buildingEnvironment(own, { LC_TIME: 'fr_FR' }, []), { TZ: 'UTC', LC_TIME: 'fr_FR' });
});

test("uv gets pip's index, as where nothing is built", () => {
  assert.is(
    buildingEnvironment({}, { PIP_INDEX_URL: 'https://h/simple' }, [])['UV_DEFAULT_INDEX'],
    'https://h/simple',
  );
});

test.run();
