import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificatesOf, putCertificates, withCertificates } from '../../../src/exec/machine/certificates';
import { temporaryFolder } from '../../support/temporary';
import { folderOf } from '../support/requests';

const test = suite('certificates of this machine');

const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;

const folder = folderOf({
  'a.pem': `${pem('a')}\n-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n`,
  'b.pem': `${pem('b')}\n${pem('a')}\n`,
  'all/one.pem': pem('one'),
  'all/sub/no.pem': pem('no'),
  'home/corp.pem': pem('corp'),
});
fs.symlinkSync('gone.pem', path.join(folder, 'all/gone.pem'));
const at = (name: string): string => path.join(folder, name);

test('files, folders and a path of the home are found, each once', () => {
  const found = (values: Readonly<Record<string, string>>) =>
    certificatesOf(values).files.map((file) => path.relative(folder, file));
  assert.equal(found({ PIP_CERT: at('a.pem'), SSL_CERT_FILE: at('a.pem') }), ['a.pem']);
  assert.equal(found({ SSL_CERT_DIR: at('all') }), ['all/one.pem']);
  assert.equal(found({ PIP_CERT: '~/corp.pem', HOME: at('home') }), ['home/corp.pem']);
});

test('a place that cannot be read is a line', () => {
  const { files, notes } = certificatesOf({ PIP_CERT: '/no/such.pem', SSL_CERT_FILE: at('b.pem') });
  assert.equal(
    [files, notes],
    [[at('b.pem')], ['PIP_CERT names /no/such.pem, which cannot be read: its certificates are not used']],
  );
});

test('those of the system count only where no variable names others', () => {
  assert.is(certificatesOf({ UV_NATIVE_TLS: '1' }).isOfSystem, true);
  assert.is(certificatesOf({ UV_NATIVE_TLS: '1', PIP_CERT: at('a.pem') }).isOfSystem, false);
  assert.equal(certificatesOf({}), { files: [], isOfSystem: false, notes: [] });
});

test('several files become one without keys, each certificate once; the bundle decides alone where it names some', () => {
  const to = temporaryFolder();
  const own = { PIP_CERT: at('a.pem'), SSL_CERT_FILE: at('b.pem') };
  const both = withCertificates({ own, given: {} }, to);
  const file = path.join(to, 'certificates.pem');
  assert.is(fs.readFileSync(file, 'utf8'), `${pem('a')}\n${pem('b')}\n`);
  assert.equal([both.own['PIP_CERT'], both.own['SSL_CERT_FILE'], both.given], [file, file, {}]);
  const given = withCertificates({ own, given: { SSL_CERT_FILE: at('all/one.pem') } }, to);
  assert.equal([given.own, given.given['PIP_CERT']], [own, at('all/one.pem')]);
  const none = withCertificates({ own: {}, given: {} }, to);
  assert.equal([none.own, none.given], [{}, {}]);
});

test('uv reads those of the system itself', () => {
  const { own } = withCertificates({ own: { UV_NATIVE_TLS: '1' }, given: {} }, temporaryFolder());
  assert.is(own['SSL_CERT_FILE'], undefined);
});

test('a container gets one file that every user may read, and none where there are no certificates', () => {
  const to = temporaryFolder();
  putCertificates(to, { own: { PIP_CERT: at('a.pem') }, given: {} });
  const file = path.join(to, 'certificates.pem');
  assert.is(fs.readFileSync(file, 'utf8'), `${pem('a')}\n`);
  assert.is(fs.statSync(file).mode & 0o777, 0o644);
  const empty = temporaryFolder();
  assert.equal(putCertificates(empty, { own: {}, given: {} }), []);
  assert.equal(fs.readdirSync(empty), []);
});

test.run();
