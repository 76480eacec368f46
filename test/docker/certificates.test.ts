import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { DockerRequest } from '../../src/plan/request/bundle-request';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { machine, told } from '../hostile/machines';
import { HASH, MINE } from '../hostile/two-indexes';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { tlsIndex } from '../support/tls-index';
import { uncheckedProjects } from '../support/unchecked-project';

const test = suite('certificates of this machine in a container');

for (const tool of ['uv', 'pip'] as const)
  test(`${tool}: a certificate file of this machine counts in a container, and so does a host that is trusted`, async () => {
    const index = await tlsIndex(MINE);
    const made = async (
      own: NodeJS.ProcessEnv,
      { text = 'corp==1\n', docker = {} }: { text?: string; docker?: Partial<DockerRequest> } = {},
    ): Promise<string> => {
      const plan = planWith(text, {
        executor: 'docker',
        docker: { environment: [], volumes: [], network: 'host', ...docker },
      });
      const { PATH } = environmentWith({ [tool]: true, docker: true });
      const urls = { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url };
      const [report] = await execute([plan], {
        ...machine(tool, { ...urls, PIP_RETRIES: '0', ...own }),
        PATH,
      });
      return report?.outcome._tag === 'Failed'
        ? showExecutionError(report.outcome.error)
        : fs.readFileSync(path.join(plan.output.path, 'corp.py'), 'utf8').trim();
    };
    const installed = 'WHOSE = "mine"';
    const { authority, folder, host } = index;
    try {
      assert.not.match(await made({}), installed);
      assert.is(await made({ PIP_CERT: authority }), installed);
      assert.is(await made({ SSL_CERT_DIR: folder }), installed);
      assert.is(await made({ REQUESTS_CA_BUNDLE: authority }, { docker: { fileAccess: 'copy' } }), installed);
      assert.is(await made({ PIP_TRUSTED_HOST: host }), installed);
      assert.is(await made({ UV_INSECURE_HOST: host }), installed);
      assert.is(await made({}, { text: `--trusted-host ${host}\ncorp==1\n` }), installed);
    } finally {
      index.close();
    }
  });

test('a container does not check the certificate of a source with `verify_ssl = false`', async () => {
  const index = await tlsIndex(MINE);
  try {
    const [, hash = ''] = HASH.split('=');
    for (const files of Object.values(uncheckedProjects(index, hash))) {
      const plan = planOf(folderOf({ 'index.py': HANDLER, ...files }), {
        executor: 'docker',
        docker: { environment: [], volumes: [], network: 'host' },
      });
      for (const tool of ['uv', 'pip'] as const) {
        const { PATH } = environmentWith({ [tool]: true, docker: true });
        const lines = await told(() =>
          execute([plan], { ...machine(tool, { PIP_RETRIES: '0', UV_HTTP_RETRIES: '0' }), PATH }),
        );
        // pip would take over from a uv that checks the certificate.
        assert.match(lines.join('\n'), `installed by docker (${tool} `);
      }
    }
  } finally {
    index.close();
  }
});

const skip = dockerSkipReason('public.ecr.aws/sam/build-python3.11:latest');
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
