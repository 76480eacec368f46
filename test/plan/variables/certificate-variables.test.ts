import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  namedCertificates,
  usesSystemCertificates,
  withCertificateFile,
} from '../../../src/plan/variables/certificate-variables';
import { trustedHosts } from '../../../src/plan/variables/trusted-hosts';

const test = suite('certificates and trusted hosts');

test('all variables that name certificates count; one of them may name several folders', () => {
  const values = {
    PIP_CERT: '/a:b.pem',
    SSL_CERT_FILE: '/c.pem',
    SSL_CERT_DIR: '/d:/e',
    OTHER: '/x',
    CURL_CA_BUNDLE: '',
  };
  assert.equal(
    namedCertificates({ ...values, REQUESTS_CA_BUNDLE: '/r' }).map(
      ({ variable, place }) => `${variable}=${place}`,
    ),
    [
      'REQUESTS_CA_BUNDLE=/r',
      'PIP_CERT=/a:b.pem',
      'SSL_CERT_FILE=/c.pem',
      'SSL_CERT_DIR=/d',
      'SSL_CERT_DIR=/e',
    ],
  );
  assert.equal(namedCertificates({ CURL_CA_BUNDLE: '/c' }), [{ variable: 'CURL_CA_BUNDLE', place: '/c' }]);
});

test('either variable of uv asks for those of the system', () => {
  assert.equal(
    [{ UV_SYSTEM_CERTS: 'true' }, { UV_NATIVE_TLS: '1' }, { UV_NATIVE_TLS: '0' }, {}].map(
      usesSystemCertificates,
    ),
    [true, true, false, false],
  );
});

test('one file is given in every variable that names one', () => {
  assert.equal(withCertificateFile('/f'), {
    REQUESTS_CA_BUNDLE: '/f',
    CURL_CA_BUNDLE: '/f',
    PIP_CERT: '/f',
    SSL_CERT_FILE: '/f',
  });
});

test('hosts of both tools and of lines are one list for both', () => {
  const all = { UV_INSECURE_HOST: 'a b', PIP_TRUSTED_HOST: 'b  c' };
  assert.equal(trustedHosts(all, ['d', 'a']), { UV_INSECURE_HOST: 'a b c d', PIP_TRUSTED_HOST: 'a b c d' });
  assert.equal(trustedHosts({ UV_INSECURE_HOST: '' }), {});
});

test.run();
