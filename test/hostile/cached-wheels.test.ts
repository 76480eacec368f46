import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SdistPolicy } from '../../src/plan/request/bundle-request';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { sourceDistributionBytes } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { machine } from './machines';

const { row, run } = reliabilityTable(
  suite('wheels that pip has built before'),
  'hostile: wheels of a cache',
);

/** Runs pip without stopping the index, which is in this process. */
const ran = (argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number | null> =>
  new Promise((resolve) => {
    const [program = '', ...rest] = argv;
    spawn(program, rest, { env: environment, stdio: 'ignore' }).on('close', resolve);
  });

row(
  "pip's cache has a wheel that it built earlier, and nothing may be built",
  'an error, as with an empty cache',
  async (tryCase) => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, 'demo-1.tar.gz'), sourceDistributionBytes({ name: 'demo', code: '' }));
    const index = await openIndex(folder);
    try {
      const indexes = { PIP_INDEX_URL: index.url };
      const cache = temporaryFolder();
      const env = { ...machine('pip', { ...indexes, PIP_CACHE_DIR: cache }) };
      const wheel = ['python3', '-m', 'pip', 'wheel', '--no-deps', '-w', temporaryFolder(), 'demo==1'];
      assert.is(await ran(wheel, env), 0);
      const cached = fs.readdirSync(cache, { recursive: true, encoding: 'utf8' });
      assert.ok(cached.some((file) => file.endsWith('demo-1-py3-none-any.whl')));
      const message = async (
        more: NodeJS.ProcessEnv,
        requirement = 'demo==1',
        sdist: SdistPolicy = 'host',
      ): Promise<string> => {
        const plan = planWith(`${requirement}\n`, {
          executor: 'host',
          sdist,
        });
        const own = { ...env, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), ...more };
        const [report] = await execute([plan], own);
        return report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : 'installed';
      };
      const url = `demo @ ${index.url.replace('/simple', '/files')}/demo-1.tar.gz`;
      await tryCase('PIP_ONLY_BINARY', async () => {
        assert.match(
          await message({ PIP_ONLY_BINARY: ':all:' }),
          'the variable PIP_ONLY_BINARY of this machine',
        );
      });
      await tryCase('`sdist` is "forbid"', async () => {
        assert.match(await message({}, 'demo==1', 'forbid'), 'sdist');
      });
      await tryCase('PIP_ONLY_BINARY, and the URL of a source distribution', async () => {
        assert.match(await message({ PIP_ONLY_BINARY: ':all:' }, url), 'PIP_ONLY_BINARY');
      });
      await tryCase('nothing forbids builds', async () => {
        assert.is(await message({}), 'installed');
      });
    } finally {
      index.close();
    }
  },
);

run();
