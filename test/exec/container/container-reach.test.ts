import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CERTIFICATES_NAME, putCertificates } from '../../../src/exec/machine/certificates';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { runScript } from '../support/container-runs';

const test = suite('certificates and trusted hosts in a build container');

const NAMES = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT', 'SSL_CERT_FILE'];

const OTHER_FILE = path.join(__dirname, '../support/container-runs.ts');

/** What an installer sees of the variables. */
const seen = (names: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] => {
  const say = `echo "${names.map((name) => `$${name}`).join('|')}" > "$OUT/seen.py"`;
  const { root } = runScript({ uv: say, pip: 'exit 9' }, {}, environment);
  return fs.readFileSync(path.join(root, 'output/seen.py'), 'utf8').trim().split('|');
};

test('a file that the image names is there for both, and one that is not there does not count', () => {
  const all = NAMES.map(() => __filename);
  for (const name of NAMES) assert.equal(seen(NAMES, { [name]: __filename }), all, name);
  assert.equal(seen(NAMES, { PIP_CERT: '/nowhere', SSL_CERT_FILE: __filename }), all);
  assert.equal(seen(NAMES, {}), ['', '', '', '']);
});

test('two files that the image names are put together', () => {
  const [first = '', ...more] = seen(NAMES, { PIP_CERT: __filename, SSL_CERT_FILE: OTHER_FILE });
  assert.equal(more, [first, first, first]);
  const text = [__filename, OTHER_FILE].map((name) => `${fs.readFileSync(name, 'utf8')}\n`).join('');
  assert.is(fs.readFileSync(first, 'utf8'), text);
  fs.rmSync(path.dirname(first), { recursive: true });
});

test('hosts that are trusted are one list; uv installs also where pip alone trusts some', () => {
  const names = ['UV_INSECURE_HOST', 'PIP_TRUSTED_HOST'];
  assert.equal(seen(names, { PIP_TRUSTED_HOST: 'a  b', UV_INDEX: '' }), ['a b', 'a b']);
  assert.equal(seen(names, { PIP_TRUSTED_HOST: 'a b', UV_INSECURE_HOST: 'b c' }), ['b c a', 'b c a']);
});

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const OTHER = CERTIFICATE.replace('MIIB', 'MIIC');
const KEY = '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----';

test('the certificates that this machine names are in one file, each once, and no key', () => {
  const own = temporaryFolder();
  writeTree(own, { 'a.pem': `${KEY}\n${CERTIFICATE}\n`, 'certs/1': OTHER, 'certs/2': CERTIFICATE, b: OTHER });
  const put = (
    values: Readonly<Record<string, string>>,
    given = {},
  ): readonly [string, readonly string[]] => {
    const folder = temporaryFolder();
    const notes = putCertificates(folder, { own: values, given });
    const file = path.join(folder, CERTIFICATES_NAME);
    return [fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'none', notes];
  };
  const [a, b] = ['a.pem', 'b'].map((name) => path.join(own, name)) as [string, string];
  assert.equal(put({}), ['none', []]);
  assert.equal(put({ PIP_CERT: a, SSL_CERT_FILE: a }), [`${CERTIFICATE}\n`, []]);
  assert.equal(put({ PIP_CERT: '~/a.pem', HOME: own }), [`${CERTIFICATE}\n`, []]);
  assert.equal(put({ PIP_CERT: a, SSL_CERT_DIR: `/no:${own}/certs` }), [
    `${CERTIFICATE}\n${OTHER}\n`,
    ['SSL_CERT_DIR names /no, which cannot be read: its certificates are not used'],
  ]);
  assert.equal(put({ PIP_CERT: a }, { SSL_CERT_FILE: b }), [`${OTHER}\n`, []]);
});

test.run();
