import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, planOfFile } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { INSTALLED, repositoryWith } from '../support/local-sources';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('local packages that name others by their sources, in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

/** With a uv to lend, the container installs with that; else with its own pip. */
for (const uv of [true, false]) {
  test(`${uv ? 'uv' : 'pip'} installs them all`, async () => {
    const reason = dockerSkipReason(IMAGE);
    if (reason !== undefined) {
      console.log(`SKIPPED: ${reason}`);
      return;
    }
    const root = repositoryWith(temporaryFolder(), { 'fn/requirements.txt': '-e ../libs/a[fast]\n' });
    const plan = planOfFile(path.join(root, 'fn/index.py'), {
      runtime: '3.11',
      executor: 'docker',
      outputDirectory: temporaryFolder(),
    });
    const [report] = await execute([plan], {
      ...environmentWith({ uv, docker: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    });
    if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
    const names = fs.readdirSync(report.outcome.path);
    assert.equal(names.filter((name) => /^five_lib_\w\.py$/.test(name)).sort(), INSTALLED);
    assert.not(names.some((name) => name.startsWith('__editable__')));
  });
}

test.run();
