import * as fs from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestPath, readManifest } from '../../src/exec/bundle/bundle-manifest';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { told } from '../hostile/machines';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('what installed in a container');

for (const tool of ['uv', 'pip'] as const)
  for (const isWhole of [false, true])
    test(`${tool}${isWhole ? ', with a hook' : ''}: name and version are in the line, the report and the manifest`, async () => {
      const index = await openIndex(wheelFolder('corp', { 'corp.py': '' }));
      try {
        const requirements = `--index-url ${index.url}\ncorp\n`;
        const plan = planOf(folderOf({ 'index.py': HANDLER, 'requirements.txt': requirements }), {
          executor: 'docker',
          runtime: { prop: '3.13' },
          hooks: { before: isWhole ? ['true'] : [], after: [] },
          docker: { environment: [], volumes: [], network: 'host' },
        });
        const environment = {
          ...environmentWith({ [tool]: true, docker: true }),
          CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
          HOME: temporaryFolder(),
        };
        let reports: Awaited<ReturnType<typeof execute>> = [];
        const lines = await told(async () => {
          reports = await execute([plan], environment);
        });
        const outcome = reports[0]?.outcome;
        if (outcome?._tag !== 'Bundled') throw new Error(JSON.stringify(outcome));
        const [used] = outcome.installers ?? [];
        assert.is(used?.name, tool);
        assert.match(used?.version ?? '', /^\d+\.\d+/);
        assert.match(lines.join('\n'), ` by docker (${tool} ${used?.version}) in `);
        const manifest = readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'));
        assert.equal(manifest?.installers, [used]);
        assert.equal(
          manifest?.files.filter(({ path }) => path.includes('.installer')),
          [],
        );
      } finally {
        index.close();
      }
    });

const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.13:latest');
if (reason === undefined) test.run();
else console.log(`skipped: ${reason}`);
