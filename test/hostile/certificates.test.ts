import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import type { TlsIndex } from '../support/tls-index';
import { tlsIndex } from '../support/tls-index';
import { uncheckedProjects } from '../support/unchecked-project';
import { BOTH, machine, madeOn, told } from './machines';
import { HASH, MINE } from './two-indexes';

const test = suite('certificates of package indexes');
const { row, run } = reliabilityTable(test, 'hostile: certificates of package indexes');

const withTls = async (work: (index: TlsIndex) => Promise<void>): Promise<void> => {
  const index = await tlsIndex(MINE);
  try {
    await work(index);
  } finally {
    index.close();
  }
};

const asks = ({ url }: TlsIndex): NodeJS.ProcessEnv => ({
  UV_DEFAULT_INDEX: url,
  PIP_INDEX_URL: url,
  PIP_RETRIES: '0',
  UV_HTTP_RETRIES: '0',
});

const INSTALLED = 'WHOSE = "mine"';

row(
  'the index of the machine has a certificate of a company; a variable or a settings file of pip or uv names the certificate, or trusts the host',
  'uv and pip both install from it; without that neither does',
  (tryCase) =>
    withTls(async (index) => {
      const { authority, folder, host } = index;
      const anyName = temporaryFolder();
      fs.copyFileSync(authority, path.join(anyName, 'company.crt'));
      const other = path.join(temporaryFolder(), 'other.pem');
      fs.writeFileSync(other, '');
      const ways: readonly NodeJS.ProcessEnv[] = [
        { PIP_CERT: authority },
        { PIP_CERT: folder },
        { SSL_CERT_FILE: authority },
        { SSL_CERT_DIR: folder },
        { SSL_CERT_DIR: anyName },
        { REQUESTS_CA_BUNDLE: authority },
        { CURL_CA_BUNDLE: authority },
        { SSL_CERT_FILE: authority, PIP_CERT: other },
        { PIP_CERT: authority, REQUESTS_CA_BUNDLE: other, SSL_CERT_FILE: other },
        { PIP_TRUSTED_HOST: host },
        { UV_INSECURE_HOST: host },
      ];
      const files: Readonly<Record<string, string>> = {
        '.config/pip/pip.conf': `[global]\ncert = ${authority}\n`,
        '.pip/pip.conf': `[install]\ntrusted-host = ${host}\n`,
        '.config/uv/uv.toml': `allow-insecure-host = ["${host}"]\n`,
      };
      for (const tool of BOTH) {
        const made = (own: NodeJS.ProcessEnv, text = 'corp==1\n', values = {}) =>
          madeOn(planWith(text), machine(tool, { ...asks(index), ...own }), values);
        await tryCase(`${tool}, nothing`, async () => {
          assert.not.match(await made({}), INSTALLED);
        });
        for (const way of ways)
          await tryCase(`${tool}, ${Object.keys(way).join(' and ')}`, async () => {
            assert.is(await made(way), INSTALLED, JSON.stringify(way));
          });
        for (const [file, text] of Object.entries(files))
          await tryCase(`${tool}, ${file}`, async () => {
            const home = temporaryFolder();
            writeTree(home, { [file]: text });
            assert.is(await made({ HOME: home }), INSTALLED);
          });
        await tryCase(`${tool}, --trusted-host`, async () => {
          assert.is(await made({}, `--trusted-host ${host}\ncorp==1\n`), INSTALLED);
          assert.is(await made({}, `--trusted-host=${host}\ncorp==1\n`), INSTALLED);
        });
        await tryCase(`${tool}, bundling.environment`, async () => {
          assert.is(await made({}, undefined, { REQUESTS_CA_BUNDLE: authority }), INSTALLED);
          assert.is(await made({ SSL_CERT_FILE: other }, undefined, { PIP_CERT: authority }), INSTALLED);
        });
      }
    }),
);

row(
  'a variable names a certificate file that is not there',
  'a line names the variable and the file; other certificates count',
  (tryCase) =>
    withTls(async (index) => {
      for (const tool of BOTH)
        await tryCase(tool, async () => {
          const own = { SSL_CERT_FILE: '/nowhere/ca.pem', REQUESTS_CA_BUNDLE: index.authority };
          const lines = await told(async () => {
            assert.is(
              await madeOn(planWith('corp==1\n'), machine(tool, { ...asks(index), ...own })),
              INSTALLED,
            );
          });
          assert.match(
            lines.join('\n'),
            'SSL_CERT_FILE names /nowhere/ca.pem, which cannot be read: its certificates are not used',
          );
        });
    }),
);

row(
  'a source of PDM or pipenv has `verify_ssl = false`, and a certificate of a company',
  'uv and pip both install from it, and a line names the host; without the setting neither does',
  (tryCase) =>
    withTls(async (index) => {
      const quick = { PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' };
      for (const tool of BOTH)
        for (const [kind, files] of Object.entries(uncheckedProjects(index, HASH.replace('--hash=', ''))))
          await tryCase(`${kind}, ${tool}`, async () => {
            const made = (tree: Readonly<Record<string, string>>) =>
              madeOn(planOf(folderOf({ 'index.py': HANDLER, ...tree })), machine(tool, quick));
            const lines = await told(async () => {
              assert.is(await made(files), INSTALLED);
            });
            const [line = ''] = lines.filter((each) => each.includes('certificate'));
            assert.match(
              line,
              new RegExp(
                `the certificate of ${index.host} is not checked, because the project of /.*lock says so \\(\`verify_ssl = false\` or \`--trusted-host\`\\)$`,
              ),
            );
            const checked = Object.fromEntries(
              Object.entries(files).map(([name, text]) => [
                name,
                text.replace(/("?verify_ssl"?(?: =|:) ?)false/, '$1true'),
              ]),
            );
            assert.not.match(await made(checked), INSTALLED);
          });
    }),
);

run();
